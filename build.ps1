#!/usr/bin/env pwsh
# Each step is one call of dotnet, which also works without this script.
param(
    [ValidateSet('restore', 'generate', 'check', 'build', 'test', 'publish', 'refresh', 'all')]
    [string] $Step = 'all'
)
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

$inputs = @('--spec', 'spec/neonpanel.openapi.json', '--overlay', 'spec/neonpanel.overlay.json', '--lock', 'spec/neonpanel.tools.lock.json')
$generator = @('run', '--project', 'generator/NeonPanel.Mcp.Generator', '--')
$steps = [ordered]@{
    restore  = @('restore')
    generate = $generator + @('generate') + $inputs + @('--out', 'artifacts/generated')
    check    = $generator + @('check') + $inputs
    build    = @('build', '-c', 'Release')
    test     = @('test', '-c', 'Release')
    publish  = @('publish', 'src/NeonPanel.Mcp.Server', '-p:PublishAot=true', '-o', 'artifacts/server')
}

# Not part of 'all': it changes what the other steps start from.
$refresh = $generator + @('refresh', '--report', 'artifacts/refresh.md', '--changelog', 'CHANGELOG.md')
if ($Step -eq 'refresh') {
    & dotnet $refresh
    exit $LASTEXITCODE
}

foreach ($name in $steps.Keys) {
    if ($Step -ne 'all' -and $Step -ne $name) { continue }
    & dotnet $steps[$name]
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
