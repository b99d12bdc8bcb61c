using NeonPanel.Mcp.Generator;
using NeonPanel.Mcp.Generator.Terminal;

return Session.OfProcess().Run((output, errors, stages) => CommandLine.Run(args, Console.In, output, errors, stages));
