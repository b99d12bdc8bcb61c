using NeonPanel.Mcp.Server;
using NeonPanel.Mcp.Tools.Generated;

return await McpHost.RunAsync(args, GeneratedCatalog.Create);
