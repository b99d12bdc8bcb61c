#!/usr/bin/env pwsh
# Each step is one call of dotnet, which also works without this script: docs/building.md lists them.
param(
    [ValidateSet('restore', 'generate', 'check', 'build', 'test', 'publish', 'pack', 'packages', 'refresh', 'all')]
    [string] $Step = 'all'
)
$ErrorActionPreference = 'Stop'
$null = $ExecutionContext.SessionState.Path.SetLocation($PSScriptRoot)

$inputs = @('--spec', 'spec/neonpanel.openapi.json', '--overlay', 'spec/neonpanel.overlay.json', '--lock', 'spec/neonpanel.tools.lock.json', '--skills', 'spec/skills')
$generator = @('run', '--project', 'generator/NeonPanel.Mcp.Generator', '--')
$steps = [ordered]@{
    restore  = @('restore')
    generate = $generator + @('generate') + $inputs + @('--out', 'artifacts/generated')
    check    = $generator + @('check') + $inputs
    build    = @('build', '-c', 'Release')
    test     = @('test', '-c', 'Release')
    publish  = @('publish', 'src/NeonPanel.Mcp.Server', '-p:PublishAot=true', '-o', 'artifacts/server')
    pack     = @('pack', 'src/NeonPanel.Client', '-o', 'artifacts/packages')
    packages = @('build', 'packages/Packages.proj')
    refresh  = $generator + @('refresh', '--report', 'artifacts/refresh.md', '--changelog', 'CHANGELOG.md')
}

foreach ($name in $steps.Keys) {
    # Refreshing changes what the other steps start from, so it is only done when asked for.
    if ($Step -ne $name -and ($Step -ne 'all' -or $name -eq 'refresh')) { continue }
    & dotnet $steps[$name]
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
