using System.Security.Cryptography;
using System.Text;
using NeonPanel.Mcp.Generator.Commands;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Skills;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Skills;

/// <summary>What a skill may name.</summary>
internal sealed class SkillCheckTests
{
    private const string Head = "---\nname: my-skill\ndescription: Does it.\n---\n";

    private static readonly GenerationPipeline Ours = OurSpecification.Run();

    [Test]
    public void Check_OfOurSkills_FindsNothingAndTheToolsThatTheyName()
    {
        var catalog = SkillCheck.Add(
            Ours.Catalog,
            SkillFolder.Read(Path.Combine(OurSpecification.Folder, VerbOptions.OurSkillsFolder))
        );
        Assert.That(catalog.Diagnostics, Is.EqualTo(Ours.Catalog.Diagnostics));
        Assert.That(
            catalog.Skills.Select(skill => skill.Name + ": " + string.Join(' ', skill.Tools)),
            Is.EqualTo(
                new[]
                {
                    "close-a-month: bills_list getRevenueAndCogs getStock paymentRequests_list",
                    "enter-bill-from-pdf: bills_read checkImportStatus createDocumentsByPdf findDocument",
                    "explain-landed-cost: getInventoryLandedCost getStock",
                    "find-what-runs-out: getStock inventoryOrders_list",
                    "list-what-we-owe: listCompanies paymentRequests_list",
                }
            )
        );
    }

    [TestCase(
        "Call `getStok(items)`.",
        "There is no tool 'getStok' in the catalogue. If it was renamed, write its new name."
    )]
    [TestCase(
        "Call `findDocument(no)`.",
        "The tool 'findDocument' has no argument 'no'; it has number, companyUuid.|The call of 'findDocument' lacks number, which the tool requires."
    )]
    [TestCase(
        "Call `getStock(show=\"all of it\")`.",
        "The argument 'show' of 'getStock' cannot be \"all of it\"; it takes \"all\", \"quantity\", \"value\", \"days_left\"."
    )]
    [TestCase(
        "Call `getStock()` and read `unit_price`.",
        "'unit_price' is neither a tool, nor an argument or a member of an answer of the tools that the skill names."
    )]
    [TestCase("Call `bills_list()` with `data.vendor.name,data.amout` as fields.", "'amout' is neither*")]
    [TestCase(
        "Call `getStock()` at `/mcp/coer`.",
        "There is no profile 'coer'; the profiles are all, account, analytics, core, documents, import, inventory, purchasing, read, research, sales."
    )]
    [TestCase("Call `getStock()` at `/mcp/sales`.", "The profile 'sales' lacks getStock, which the skill names.")]
    [TestCase(
        "Call `listCompanies()`, then `bills_delete(billId)`.",
        "The tool 'bills_delete' is retired. There is no tool 'bills_delete'. No tool deletes documents; people can do it in NeonPanel."
    )]
    [TestCase(
        "Call `listCompanies()`, never createVendor.",
        "The tool 'createVendor' is retired. There is no tool 'createVendor'. No tool creates vendors; people can do it in NeonPanel."
    )]
    [TestCase("Call `listCompanies()`.\n```\ngetStok()\n```", "`getStok()` cannot be checked. *")]
    [TestCase("Call `listCompanies(page,)`.", "`listCompanies(page,)` cannot be checked. *")]
    [TestCase("Do it.", "The skill names no tool; a call in backticks is expected, such as `listCompanies()`.")]
    public void Check_OfASkill_NamesEachFaultWithItsLine(string body, string expected)
    {
        var catalog = SkillCheck.Add(Ours.Catalog, [File("Line five.\n" + body + "\n")]);
        var found = catalog.Diagnostics.Skip(Ours.Catalog.Diagnostics.Count).ToList();
        var messages = expected.Split('|');
        Assert.That(found.Select(fault => fault.Id), Is.All.EqualTo("NPG036"));
        Assert.That(found, Has.Count.EqualTo(messages.Length), string.Join('\n', found));
        foreach (var (fault, message) in found.Zip(messages))
        {
            Assert.That(
                fault.Message,
                message.EndsWith('*') ? Does.StartWith(message.TrimEnd('*')) : Is.EqualTo(message)
            );
            Assert.That(
                fault.ToString(),
                message.StartsWith("The skill", StringComparison.Ordinal)
                    ? Does.StartWith("skills/my-skill/SKILL.md#L1: error NPG036: ")
                    : Does.Match("^skills/my-skill/SKILL.md#L[67]: error NPG036: ")
            );
        }
    }

    [TestCase("Text.", "The file must begin with a line '---', *")]
    [TestCase("---\nname: my-skill\n", "The file must begin with a line '---', *")]
    [TestCase(
        "---\nname: my_skill\ndescription: D.\n---\n`listCompanies()`",
        "'name' must be the name of the folder, 'my-skill', of at most 64 lower-case letters, digits and single hyphens, but is 'my_skill'."
    )]
    [TestCase(
        "---\nname: my-skill\n---\n`listCompanies()`",
        "'description' must be a text of 1 to 1024 characters that says what the skill does and when to use it."
    )]
    [TestCase(
        "---\nname: my-skill\ndescription: D.\nallowed-tools: Bash\n---\n`listCompanies()`",
        "'allowed-tools' is not served: name, description, license, compatibility, metadata are expected."
    )]
    public void Read_OfAMalformedHead_SaysWhatIsExpected(string text, string expected)
    {
        var faults = SkillCheck
            .Add(Ours.Catalog, [new("skills/my-skill/SKILL.md", Encoding.UTF8.GetBytes(text))])
            .Diagnostics.Skip(Ours.Catalog.Diagnostics.Count);
        Assert.That(
            faults.Single().Message,
            expected.EndsWith('*') ? Does.StartWith(expected.TrimEnd('*')) : Is.EqualTo(expected)
        );
    }

    [TestCase("company, item", "company:Company:listCompanies item:Item:listInventoryItems")]
    [TestCase("warehouse", "warehouse:Warehouse:listWarehouses")]
    public void Arguments_OfASkill_AreTheLookupsOfItsTools(string declared, string expected)
    {
        var catalog = SkillCheck.Add(Ours.Catalog, [WithArguments($"\"{declared}\"")]);
        Assert.That(catalog.Diagnostics, Is.EqualTo(Ours.Catalog.Diagnostics));
        var skill = catalog.Skills.Single();
        Assert.That(
            string.Join(' ', skill.Arguments.Select(one => $"{one.Name}:{one.Title}:{one.Lookup.List}")),
            Is.EqualTo(expected)
        );
        var text = Generator.Emission.SkillEmitter.Emit(catalog);
        Assert.That(text, Does.Contain(" { Arguments = [new(\"" + declared.Split(',')[0] + "\", "));
    }

    [TestCase(
        "\"company, vendor\"",
        "'metadata.arguments' names 'vendor', but no tool of the skill takes such a name. They take company, item, warehouse."
    )]
    [TestCase("\"company,company\"", "'metadata.arguments' names 'company' twice.")]
    [TestCase(
        "\"\"",
        "'metadata.arguments' names '', but no tool of the skill takes such a name. They take company, item, warehouse."
    )]
    [TestCase("[company]", "'metadata.arguments' must be a text such as 'company, item', but is [\"company\"].")]
    public void Arguments_ThatCannotBe_AreErrors(string declared, string expected) =>
        Assert.That(
            SkillCheck
                .Add(Ours.Catalog, [WithArguments(declared)])
                .Diagnostics.Skip(Ours.Catalog.Diagnostics.Count)
                .Single()
                .ToString(),
            Is.EqualTo("skills/my-skill/SKILL.md#L1: error NPG036: " + expected)
        );

    private static InputFile WithArguments(string declared) =>
        new(
            "skills/my-skill/SKILL.md",
            Encoding.UTF8.GetBytes(
                $"---\nname: my-skill\ndescription: Does it.\nmetadata:\n  arguments: {declared}\n---\nCall `getInventoryLandedCost()`.\n"
            )
        );

    [Test]
    public void Emit_OfASkill_WritesTextAndDigestAsConstants()
    {
        var file = File("Call `listCompanies()` – once.\n");
        var text = SkillCheck.Add(Ours.Catalog, [file]) is var catalog
            ? Generator.Emission.SkillEmitter.Emit(catalog)
            : "";
        Assert.That(text, Does.Contain("\"sha256:" + Convert.ToHexStringLower(SHA256.HashData(file.Bytes)) + "\""));
        Assert.That(text, Does.Contain($", {file.Bytes.Length}, [\"listCompanies\"])"));
        Assert.That(text, Does.Contain("listCompanies()` \\u2013 once.\\n"));
        Assert.That(Generator.Emission.SkillEmitter.Emit(Ours.Catalog), Is.Empty);
    }

    private static InputFile File(string body) => new("skills/my-skill/SKILL.md", Encoding.UTF8.GetBytes(Head + body));
}
