using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Rules;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Rules;

/// <summary>Profiles that are complete in themselves, and the instructions of each (rule C11).</summary>
internal sealed class ProfileTests
{
    private const string InShop = """{"profiles":["shop"]}""";
    private const string Nowhere = "{}";

    [TestCase("Take the id from listShops.", Nowhere, true)]
    [TestCase("Take the id from listShops.", InShop, false)]
    [TestCase("Take the id from the list of shops.", Nowhere, false)]
    [TestCase("Sends listShopsNow.", Nowhere, false)]
    public void Check_ToolThatNamesAnother_NeedsItInEachOfItsProfiles(string text, string named, bool isFault)
    {
        var catalog = Run("[]", text, named).Catalog;
        var findings = CatalogRules
            .Check(catalog)
            .Where(finding => finding.Id == DiagnosticIds.IncompleteProfile)
            .ToList();
        Assert.That(findings, Has.Count.EqualTo(isFault ? 1 : 0));
        if (isFault)
        {
            Assert.That(findings[0].Severity, Is.EqualTo(Severity.Error));
            Assert.That(
                findings[0].Message,
                Is.EqualTo(
                    "The profile 'shop' lacks the tool 'listShops', which readShop of it names. Add 'shop' to x-mcp.profiles of 'listShops' in the overlay, or change the text."
                )
            );
        }
    }

    // A list of read-only tools cannot contain a tool that writes.
    [Test]
    public void Check_ReadOnlyToolThatNamesAWrite_IsCompleteInTheProfileRead()
    {
        var catalog = Run("[]", "Reads what createShop made.", Nowhere, "createShop", "post").Catalog;
        var finding = CatalogRules.Check(catalog).Single(item => item.Id == DiagnosticIds.IncompleteProfile);
        Assert.That(finding.Message, Does.StartWith("The profile 'shop' lacks the tool 'createShop'"));
    }

    [Test]
    public void Check_LookupInAToolOfAnotherProfile_NeedsItInTheProfile()
    {
        const string lookup =
            """{"name":"shop","in":"query","schema":{"type":"string"},"x-mcp":{"lookup":{"list":"listShops","items":"data","value":"id","match":["name"]}}}""";
        var catalog = Run("[]", "Reads.", Nowhere, parameter: lookup).Catalog;
        Assert.That(
            CatalogRules.Check(catalog).Single(item => item.Id == DiagnosticIds.IncompleteProfile).Message,
            Does.StartWith("The profile 'shop' lacks the tool 'listShops', which readShop of it names.")
        );
    }

    [Test]
    public void Instructions_List_HasForEachTextTheToolsItNamesAndItsProfiles()
    {
        var read = Run(
            """["Shops sell.", "First listShops, then readShop.", {"text":"A search wants few words.","profiles":["shop"]}]"""
        ).Catalog.Instructions;
        Assert.That(
            read.Select(part => part.Text),
            Is.EqualTo(new[] { "Shops sell.", "First listShops, then readShop.", "A search wants few words." })
        );
        Assert.That(read.Select(part => part.Tools.Count), Is.EqualTo(new[] { 0, 2, 0 }));
        Assert.That(read[1].Tools, Is.EqualTo(new[] { "listShops", "readShop" }));
        Assert.That(read[2].Profiles, Is.EqualTo(new[] { "shop" }));
    }

    [Test]
    public void Instructions_OneText_IsOneParagraph() =>
        Assert.That(Run("\"Shops sell.\"").Catalog.Instructions.Single().Text, Is.EqualTo("Shops sell."));

    [TestCase(
        """["Shops sell.", 7]""",
        "Entry 2 of x-mcp.instructions is neither a text nor an object with 'text' and 'profiles'."
    )]
    [TestCase(
        """[{"profiles":["shop"]}]""",
        "Entry 1 of x-mcp.instructions is neither a text nor an object with 'text' and 'profiles'."
    )]
    [TestCase(
        """[{"text":"A","profiles":["shops"]}]""",
        "Entry 1 of x-mcp.instructions names the profile 'shops'; there are all, read, shop."
    )]
    public void Instructions_WrongEntry_IsAnErrorThatNamesIt(string instructions, string expected)
    {
        var fault = Assert.Throws<FaultException>(() => Run(instructions))!;
        Assert.That(fault.Diagnostic.Message, Does.StartWith(expected));
    }

    private static GenerationPipeline Run(
        string instructions,
        string text = "Reads one shop.",
        string named = Nowhere,
        string name = "listShops",
        string method = "get",
        string? parameter = null
    ) =>
        Fragments.Run(
            """
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"x-mcp":{"instructions":INSTRUCTIONS},"paths":{
              "/shops":{"METHOD":{"operationId":"NAME","description":"Lists or makes shops.","x-mcp":NAMED,"responses":{"200":{"description":"","content":{"application/json":{"schema":
                {"type":"object","properties":{"data":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"}}}}}}}}}}}},
              "/shop":{"get":{"operationId":"readShop","description":"TEXT","x-mcp":{"profiles":["shop"]},"parameters":[PARAMETER],"responses":{"204":{"description":""}}}}}
            }
            """.Replace("INSTRUCTIONS", instructions, StringComparison.Ordinal).Replace(
                "METHOD",
                method,
                StringComparison.Ordinal
            ).Replace("NAMED", named, StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal).Replace(
                "TEXT",
                text,
                StringComparison.Ordinal
            ).Replace("PARAMETER", parameter, StringComparison.Ordinal)
        );
}
