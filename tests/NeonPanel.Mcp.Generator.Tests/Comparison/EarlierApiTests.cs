using System.Globalization;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>An earlier NeonPanel: OpenAPI 3.0.3, fourteen operations, the stock of an item under <c>/details</c>.
/// Published then and refreshed to today's.</summary>
internal sealed class EarlierApiTests
{
    private static readonly string Fixtures = Path.Combine(
        OurSpecification.Folder,
        "tests/NeonPanel.Mcp.Generator.Tests/Fixtures"
    );
    private static readonly string Today = Path.Combine(OurSpecification.Folder, "spec");

    private string folder = "";

    [OneTimeSetUp]
    public void Refresh()
    {
        folder = Directory.CreateTempSubdirectory("earlier-").FullName;
        File.Copy(Path.Combine(Fixtures, "neonpanel-earlier.json"), At("spec.json"));
        Assert.That(
            Run(
                "lock",
                "--spec",
                At("spec.json"),
                "--overlay",
                Path.Combine(Fixtures, "neonpanel-earlier.overlay.json"),
                "--lock",
                At("lock.json")
            ),
            Is.Zero
        );
        File.Copy(At("lock.json"), At("earlier.lock.json"));
        Assert.That(
            Run(
                "refresh",
                "--url",
                Path.Combine(Today, "neonpanel.openapi.json"),
                "--spec",
                At("spec.json"),
                "--overlay",
                Path.Combine(Today, "neonpanel.overlay.json"),
                "--lock",
                At("lock.json"),
                "--report",
                At("report.md")
            ),
            // The overlay has a text for the moved operation alone.
            Is.EqualTo(3),
            "risky"
        );
    }

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Refresh_FromTheEarlierApi_KeepsTheFourteenNamesAndTheirArguments()
    {
        var earlier = Tools("earlier.lock.json");
        Assert.That(earlier, Has.Count.EqualTo(14));
        var today = Tools("lock.json");
        foreach (var (name, tool) in earlier)
        {
            Assert.That(today, Contains.Key(name));
            Assert.That(Arguments(today[name]), Is.SupersetOf(Arguments(tool)), name);
        }

        Assert.That(
            today["getInventoryDetails"]["path"]!.ToString(),
            Does.EndWith("/inventory-items/{inventoryId}/balances")
        );
    }

    [Test]
    public void Report_OfTheRefresh_IsRightLineByLine()
    {
        var today = Tools("lock.json");
        var earlier = Tools("earlier.lock.json");
        const string item = "/api/v1/companies/{companyUuid}/inventory-items/{inventoryId}";
        var rows = File.ReadAllLines(At("report.md"))
            .Where(line =>
                line.StartsWith("| ", StringComparison.Ordinal)
                && !line.StartsWith("| Tool", StringComparison.Ordinal)
                && !line.StartsWith("| ---", StringComparison.Ordinal)
            )
            .Select(line => line.Replace("\\_", "_", StringComparison.Ordinal).Trim('|', ' ').Split(" | "))
            .ToList();
        var added = rows.Where(row => row[1].StartsWith("The tool is new: ", StringComparison.Ordinal)).ToList();
        Assert.That(
            added.Select(row => row[0]).Order(StringComparer.Ordinal),
            Is.EqualTo(today.Keys.Except(earlier.Keys).Order(StringComparer.Ordinal)),
            "the 48 new tools"
        );
        Assert.That(
            added.Select(row => row[1]),
            Is.EquivalentTo(
                today
                    .Keys.Except(earlier.Keys)
                    .Select(name =>
                        $"The tool is new: {today[name]["title"]} ({today[name]["method"]} {today[name]["path"]})."
                    )
            )
        );
        Assert.That(added.Select(row => row[^1]), Is.All.EqualTo("compatible"));
        // The lines around the table: the versions and the verdict first, the place of the written files last.
        var lines = File.ReadAllLines(At("report.md"))
            .Where(line => line.Length > 0 && line[0] != '|')
            .Select(line => line.Replace("\\", "", StringComparison.Ordinal))
            .ToList();
        Assert.That(lines, Has.Count.EqualTo(6), string.Join("\n", lines));
        Assert.That(lines[0], Is.EqualTo("# NeonPanel API 1.1.0 → 1.2.0-beta"));
        // 48 new tools (45 operations and three composed ones), one that moved, 26 further places in profiles;
        // inventoryDetails of the typed client is another method now.
        Assert.That(
            lines[1],
            Is.EqualTo(
                "**Risky for agents: calls still work, but may be chosen or read differently (1 risky, 75 additive). Typed C# callers: breaking (1 of the changes).**"
            )
        );
        Assert.That(lines[2], Is.EqualTo("## Risky"));
        Assert.That(lines[3], Is.EqualTo("## Additive"));
        Assert.That(
            lines[4],
            Does.Match(
                @"^75 changes of names, arguments, answers or meaning; 1 of texts that agents read\. The document differs in \d+ places in all, "
            )
        );
        Assert.That(lines[5], Does.StartWith("Source: ").And.Contain("Written: ").And.EndWith("(62 tools)."));
        // The overlay of then knew no domains.
        Assert.That(
            rows.Except(added).Select(row => string.Join(": ", row[0], row[1], row[^1])),
            Is.EquivalentTo(
                new[]
                {
                    $"getInventoryDetails: The operation moved from GET {item}/details to GET {item}/balances. The operationId was inventoryDetails and is inventoryBalances. The tool keeps its name.: breaking",
                    "getInventoryDetails: The description changed.: compatible",
                    "checkImportStatus, createDocuments, createDocumentsByPdf, getImportInstructions, listCompanies: The tool stands in the profile 'import' as well.: compatible",
                    "getInventoryCogs, getInventoryDetails, getInventoryLandedCost, getWarehouseBalances, listCompanies, listInventoryItems, listWarehouses: The tool stands in the profile 'inventory' as well.: compatible",
                    "getRevenueAndCogs, listCompanies, listReports: The tool stands in the profile 'analytics' as well.: compatible",
                    "listCompanies, listCompaniesWithPermission: The tool stands in the profile 'account' as well.: compatible",
                    "listCompanies, listInventoryItems, listWarehouses: The tool stands in the profile 'documents' as well.: compatible",
                    "listCompanies, listInventoryItems, listWarehouses: The tool stands in the profile 'purchasing' as well.: compatible",
                    "listCompanies, listInventoryItems, listWarehouses: The tool stands in the profile 'sales' as well.: compatible",
                }
            )
        );
    }

    private Dictionary<string, JsonNode> Tools(string file) =>
        JsonNode.Parse(File.ReadAllText(At(file)))!["tools"]!
            .AsArray()
            .ToDictionary(tool => tool!["name"]!.ToString(), tool => tool!, StringComparer.Ordinal);

    private static IEnumerable<string> Arguments(JsonNode tool) =>
        tool["inputSchema"]!["properties"]!.AsObject().Select(pair => pair.Key);

    private string At(string name) => Path.Combine(folder, name);

    private static int Run(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = CommandLine.Run(arguments, TextReader.Null, output, output);
        TestContext.Out.WriteLine(output);
        return code;
    }
}
