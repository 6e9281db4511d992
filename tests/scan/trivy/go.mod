module falaj.local/trivy

go 1.26

require github.com/aquasecurity/trivy v0.74.0
