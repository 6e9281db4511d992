# Sourced by the steps. check_settings STACK ends with 2 if the settings of Falaj in a stack file are wrong. A program that
# is not built from them has none to validate; a stack without a file is for `falaj check` to explain.
check_settings() {
    if [ ! -f "Pulumi.$1.yaml" ] || grep -q '^ *"\{0,1\}falaj:' "Pulumi.$1.yaml"; then
        "$PYTHON" -m falaj check --stack "$1"
    fi
}
