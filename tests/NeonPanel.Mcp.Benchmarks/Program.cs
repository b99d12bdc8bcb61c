using System.Globalization;
using BenchmarkDotNet.Running;
using NeonPanel.Mcp.Benchmarks;

switch (args)
{
    case ["idle-streams", var count, var port]:
        return await IdleStreams.RunAsync(int.Parse(count, CultureInfo.InvariantCulture), int.Parse(port, CultureInfo.InvariantCulture));
    case ["open-streams", var address, var count]:
        return await IdleStreams.OpenAsync(address, int.Parse(count, CultureInfo.InvariantCulture));
    default:
        BenchmarkSwitcher.FromAssembly(typeof(TokenValidation).Assembly).Run(args);
        return 0;
}
