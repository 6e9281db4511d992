"""Work and memory of well-known vision models for one image.

Source: pytorch-image-models (timm), results/benchmark-infer-amp-nhwc-pt240-cu124-rtx4090.csv, aa4b5850, 2026-08-08:
parameters, multiply-adds and activations at 224 x 224 pixels. Its figures agree with torchvision's model metadata
(4.089 for ResNet-50). Both count a multiply-add (MAC) as one operation although their sources call it FLOP (fvcore#69,
pytorch-OpCounter#46); data sheets of processors count two. So the FLOPs of a model here are twice its MACs.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisionModel:
    """Millions of parameters, billions of multiply-adds per image, and millions of activations per image."""

    parameters_million: float
    gigamacs: float
    activations_million: float

    @property
    def gigaflops(self) -> float:
        """Billions of floating-point operations of a forward pass: two per multiply-add."""
        return 2 * self.gigamacs


VISION_MODELS: Mapping[str, VisionModel] = {
    "mobilenet-v2": VisionModel(3.5, 0.31, 6.68),
    "efficientnet-b0": VisionModel(5.29, 0.4, 6.75),
    "resnet-18": VisionModel(11.69, 1.82, 2.48),
    "resnet-50": VisionModel(25.56, 4.11, 11.11),
    "resnet-101": VisionModel(44.55, 7.83, 16.23),
    "resnet-152": VisionModel(60.19, 11.56, 22.56),
    "convnext-tiny": VisionModel(28.59, 4.47, 13.44),
    "swin-tiny": VisionModel(28.29, 4.51, 17.06),
    "vit-b-16": VisionModel(86.57, 17.58, 23.9),
    "vit-l-16": VisionModel(304.33, 61.6, 63.52),
}
"""Name -> figures for one image of 224 x 224 pixels."""
