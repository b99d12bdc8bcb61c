using NeonPanel.Mcp.Testing;
using NUnit.Framework;
using SAFE_NAMESPACE.Mcp.Tools.Generated;

namespace SAFE_NAMESPACE.Tests;

/// <summary>Starts the server, lists its tools, and compares a call of each tool with the OpenAPI document.</summary>
[TestFixture]
internal sealed class ContractTests() : McpContract(GeneratedCatalog.Create, overlayFile: "../overlay.json");
