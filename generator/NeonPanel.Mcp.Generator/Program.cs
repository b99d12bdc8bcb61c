using NeonPanel.Mcp.Generator;

return CommandLine.Run(args, Console.In, Console.Out, Console.Error);
