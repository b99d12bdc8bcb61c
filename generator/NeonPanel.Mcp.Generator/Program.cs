using NeonPanel.Mcp.Generator.Commands;
using NeonPanel.Mcp.Generator.Terminal;

return Session.OfProcess().Run((output, errors, stages) => CommandLine.Run(args, Console.In, output, errors, stages));
