"""The steps of pipelines, in the installed package: a pipeline needs no file of Falaj's repository."""
