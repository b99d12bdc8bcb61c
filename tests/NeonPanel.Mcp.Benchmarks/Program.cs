using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(NeonPanel.Mcp.Benchmarks.TokenValidation).Assembly).Run(args);
