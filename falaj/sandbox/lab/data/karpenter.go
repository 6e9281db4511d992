// Karpenter with simulated nodes in a cloud that can be short of capacity.
//
// The file SHORTAGE_FILE_PATH says of which capacity types the cloud has none, and how long Karpenter takes an offering
// to be unavailable after a launch failed. As in the provider for AWS, a launch is for spot machines if the node claim
// allows any that are not known to be unavailable, and fails for all of them at once.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	kwok "sigs.k8s.io/karpenter/kwok/cloudprovider"
	v1 "sigs.k8s.io/karpenter/pkg/apis/v1"
	"sigs.k8s.io/karpenter/pkg/cloudprovider"
	"sigs.k8s.io/karpenter/pkg/cloudprovider/overlay"
	"sigs.k8s.io/karpenter/pkg/controllers"
	"sigs.k8s.io/karpenter/pkg/controllers/node/health"
	"sigs.k8s.io/karpenter/pkg/controllers/state"
	"sigs.k8s.io/karpenter/pkg/operator"
	"sigs.k8s.io/karpenter/pkg/scheduling"
)

type shortage struct {
	Without      []string `json:"without"`
	RetrySeconds float64  `json:"retrySeconds"`
}

type cloud struct {
	cloudprovider.CloudProvider
	client           client.Client
	types            []*cloudprovider.InstanceType
	mutex            sync.Mutex
	unavailableUntil map[string]time.Time
}

func (c *cloud) GetInstanceTypes(context.Context, *v1.NodePool) ([]*cloudprovider.InstanceType, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.offered(func(*cloudprovider.InstanceType, *cloudprovider.Offering) bool { return true }), nil
}

func (c *cloud) Create(ctx context.Context, claim *v1.NodeClaim) (*v1.NodeClaim, error) {
	wanted := scheduling.NewNodeSelectorRequirementsWithMinValues(claim.Spec.Requirements...)
	short, err := readShortage()
	if err != nil {
		return nil, err
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, capacity := range []string{v1.CapacityTypeSpot, v1.CapacityTypeOnDemand} {
		launched := c.offered(func(machine *cloudprovider.InstanceType, offering *cloudprovider.Offering) bool {
			return wanted.Get(corev1.LabelInstanceTypeStable).Has(machine.Name) && offering.CapacityType() == capacity &&
				wanted.IsCompatible(offering.Requirements, scheduling.AllowUndefinedWellKnownLabels)
		})
		launched = slices.DeleteFunc(launched, func(machine *cloudprovider.InstanceType) bool {
			return len(machine.Offerings.Available()) == 0
		})
		if len(launched) == 0 {
			continue
		}
		if slices.Contains(short.Without, capacity) {
			end := time.Now().Add(time.Duration(short.RetrySeconds * float64(time.Second)))
			for _, machine := range launched {
				for _, offering := range machine.Offerings.Available() {
					c.unavailableUntil[key(machine, offering)] = end
				}
			}
			return nil, cloudprovider.NewInsufficientCapacityError(fmt.Errorf("no %s capacity", capacity))
		}
		return kwok.NewCloudProvider(ctx, c.client, launched).Create(ctx, only(claim, launched))
	}
	return nil, cloudprovider.NewInsufficientCapacityError(fmt.Errorf("all requested offerings are unavailable"))
}

// offered returns copies of the instance types, of whose offerings those are available that `chosen` accepts and that
// no launch has found to be unavailable.
func (c *cloud) offered(chosen func(*cloudprovider.InstanceType, *cloudprovider.Offering) bool) []*cloudprovider.InstanceType {
	var result []*cloudprovider.InstanceType
	for _, machine := range c.types {
		var offerings cloudprovider.Offerings
		for _, offering := range machine.Offerings {
			copied := *offering
			copied.Available = offering.Available && chosen(machine, offering) &&
				time.Now().After(c.unavailableUntil[key(machine, offering)])
			offerings = append(offerings, &copied)
		}
		result = append(result, &cloudprovider.InstanceType{
			Name:         machine.Name,
			Requirements: machine.Requirements,
			Offerings:    offerings,
			Capacity:     machine.Capacity,
			Overhead:     machine.Overhead,
		})
	}
	return result
}

// only returns the node claim with these instance types as the only ones to choose from.
func only(claim *v1.NodeClaim, machines []*cloudprovider.InstanceType) *v1.NodeClaim {
	narrowed := claim.DeepCopy()
	for i := range narrowed.Spec.Requirements {
		if requirement := &narrowed.Spec.Requirements[i]; requirement.Key == corev1.LabelInstanceTypeStable {
			requirement.Values = nil
			for _, machine := range machines {
				requirement.Values = append(requirement.Values, machine.Name)
			}
		}
	}
	return narrowed
}

func key(machine *cloudprovider.InstanceType, offering *cloudprovider.Offering) string {
	return machine.Name + "/" + offering.Zone() + "/" + offering.CapacityType()
}

func readShortage() (shortage, error) {
	var result shortage
	text, err := os.ReadFile(os.Getenv("SHORTAGE_FILE_PATH"))
	if err != nil {
		return result, err
	}
	return result, json.Unmarshal(text, &result)
}

func main() {
	ctx, op := operator.NewOperator()
	types, err := kwok.ConstructInstanceTypes(ctx)
	if err != nil {
		panic(err)
	}
	plain := &cloud{
		CloudProvider:    kwok.NewCloudProvider(ctx, op.GetClient(), types),
		client:           op.GetClient(),
		types:            types,
		unavailableUntil: map[string]time.Time{},
	}
	decorated := overlay.Decorate(plain, op.GetClient(), op.InstanceTypeStore)
	matcher, err := health.NewRepairPolicyMatcher(ctx, decorated)
	if err != nil {
		panic(err)
	}
	cluster := state.NewCluster(op.Clock, op.GetClient(), decorated, state.WithRepairPolicyMatcher(matcher))
	op.WithControllers(ctx, controllers.NewControllers(
		ctx, op.Manager, op.Clock, op.GetClient(), op.EventRecorder, decorated, plain, cluster, op.InstanceTypeStore,
		op.PredictionStore,
	)...).Start(ctx)
}
