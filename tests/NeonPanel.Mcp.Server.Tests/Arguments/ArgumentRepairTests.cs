using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>Rule D1: clients' habits are understood and told; what is valid is never touched.</summary>
internal sealed class ArgumentRepairTests
{
    private const string Schema = """
        {"type":"object","additionalProperties":false,"required":["id"],"properties":{
          "id":{"type":"string"},"per_page":{"type":"integer","maximum":60},"paid_amount":{"type":"number"},"is_open":{"type":"boolean"},
          "ref_number":{"type":["string","null"]},"status":{"enum":["active","On_Hold"],"type":"string"},"kinds":{"type":"array","items":{"enum":["a","b"],"type":"string"}},
          "vendors":{"type":"array","items":{"type":"integer"}},"names":{"type":"array","items":{"type":"string"}},"vendor_id":{"type":["integer","null"]},
          "code":{"type":["string","array"],"maxLength":2,"maxItems":0},"level":{"type":["number","array"],"maximum":2},
          "details":{"type":"array","items":{"type":"object","required":["item_id"],"properties":{"item_id":{"type":"integer"},"rate":{"type":"number"},"note":{"type":"string"}}}},
          "restock_data":{"type":"object","additionalProperties":false,"properties":{"lead_time":{"type":"integer"}}},"any":{}}}
        """;

    [Test]
    public void Receipts_SeveralNamesOfOneThing_IsOneSentence() =>
        Assert.That(
            Repair.Receipts([
                new(RepairKind.Lookup, "Vendor: A, id 1."),
                new(RepairKind.Lookup, "Vendor: B, id 2."),
                new(RepairKind.Lookup, "Vendor: A, id 1."),
            ]),
            Is.EqualTo(new[] { "Vendor: A, id 1.", "Vendor: B, id 2." })
        );

    // Names of another spelling style.
    [TestCase("""{"perPage":5}""", """{"per_page":5}""", "perPage was read as per_page.")]
    [TestCase("""{"PER-PAGE":5}""", """{"per_page":5}""", "PER-PAGE was read as per_page.")]
    [TestCase(
        """{"restockData":{"leadTime":3}}""",
        """{"restock_data":{"lead_time":3}}""",
        "restockData was read as restock_data.",
        "/restock_data/leadTime was read as lead_time."
    )]
    [TestCase(
        """{"details":[{"itemId":3,"rate":1.10}]}""",
        """{"details":[{"item_id":3,"rate":1.10}]}""",
        "/details/0/itemId was read as item_id."
    )]
    // Numbers and booleans as text, digit by digit.
    [TestCase("""{"per_page":"5"}""", """{"per_page":5}""", "per_page was text; it was read as a number.")]
    [TestCase(
        """{"paid_amount":" 0.10000000000000000000000000000000001 "}""",
        """{"paid_amount":0.10000000000000000000000000000000001}""",
        "paid_amount was text; it was read as a number."
    )]
    [TestCase(
        """{"paid_amount":"-1.50E+2"}""",
        """{"paid_amount":-1.50E+2}""",
        "paid_amount was text; it was read as a number."
    )]
    [TestCase("""{"is_open":"True"}""", """{"is_open":true}""", "is_open was text; it was read as true.")]
    // A number where text belongs.
    [TestCase("""{"ref_number":2024}""", """{"ref_number":"2024"}""", "ref_number was a number; it was read as text.")]
    // An allowed value in another case.
    [TestCase("""{"status":"on_hold"}""", """{"status":"On_Hold"}""", "status was read as \"On_Hold\".")]
    // JSON inside of text.
    [TestCase("""{"vendors":"[1, 2]"}""", """{"vendors":[1, 2]}""", "vendors was read from JSON text.")]
    [TestCase(
        """{"details":"[{\"item_id\":\"3\",\"rate\":0.10}]"}""",
        """{"details":[{"item_id":3,"rate":0.10}]}""",
        "details was read from JSON text.",
        "/details/0/item_id was text; it was read as a number."
    )]
    // One value where a list belongs.
    [TestCase("""{"vendors":7}""", """{"vendors":[7]}""", "vendors was one value; it was read as a list of one.")]
    [TestCase(
        """{"vendors":"7"}""",
        """{"vendors":[7]}""",
        "vendors was one value; it was read as a list of one.",
        "vendors was text; it was read as a number."
    )]
    [TestCase(
        """{"kinds":"A"}""",
        """{"kinds":["a"]}""",
        "kinds was one value; it was read as a list of one.",
        "kinds was read as \"a\"."
    )]
    [TestCase(
        """{"details":{"item_id":1}}""",
        """{"details":[{"item_id":1}]}""",
        "details was one value; it was read as a list of one."
    )]
    // Null for what may be left out.
    [TestCase("""{"per_page":null}""", "{}", "per_page was null, which it does not accept; it was left out.")]
    [TestCase(
        """{"details":[{"item_id":1,"note":null}]}""",
        """{"details":[{"item_id":1}]}""",
        "/details/0/note was null, which it does not accept; it was left out."
    )]
    public void Read_Habit_IsUnderstoodWithAReceipt(string sent, string expected, params string[] receipts)
    {
        var (value, repairs) = Read(WithId(sent));
        Assert.That(value, Is.EqualTo(WithId(expected)));
        Assert.That(repairs.Select(repair => repair.Receipt), Is.EqualTo(receipts));
        Assert.That(Check(value), Is.Empty);
    }

    [TestCase(
        """{"params":{"id":"x","perPage":5}}""",
        """{"id":"x","per_page":5}""",
        "The arguments were taken out of 'params'.",
        "perPage was read as per_page."
    )]
    [TestCase("""{"PARAMS":{"id":"x"}}""", """{"id":"x"}""", "The arguments were taken out of 'PARAMS'.")]
    [TestCase(
        """{"params":{"params":{"params":{"id":"x"}}}}""",
        """{"id":"x"}""",
        "The arguments were taken out of 'params'.",
        "The arguments were taken out of 'params'.",
        "The arguments were taken out of 'params'."
    )]
    [TestCase(
        """{"arguments":{"input":"{\"id\":\"x\"}"}}""",
        """{"id":"x"}""",
        "The arguments were taken out of 'arguments'.",
        "The arguments were taken out of 'input'."
    )]
    [TestCase("\"{\\\"id\\\":\\\"x\\\"}\"", """{"id":"x"}""", "The arguments were read from JSON text.")]
    public void Read_ArgumentsInsideOfSomething_AreTakenOut(string sent, string expected, params string[] receipts)
    {
        var (value, repairs) = Read(sent);
        Assert.That(value, Is.EqualTo(expected));
        Assert.That(repairs.Select(repair => repair.Receipt), Is.EqualTo(receipts));
    }

    // Refused, each for what it is: a guess could be wrong.
    [TestCase("""{"per_pgae":5}""", "Argument 'per_pgae' is unknown. Did you mean 'per_page'?")]
    [TestCase("""{"per_page":5,"perPage":6}""", "Argument 'perPage' is unknown. Did you mean 'per_page'?")]
    [TestCase("""{"perPage":5,"PerPage":6}""", "Argument 'PerPage' is unknown. Did you mean 'per_page'?")]
    [TestCase("""{"per_page":"05"}""", "Argument 'per_page' must be a whole number, but is a string; for example 1.")]
    [TestCase(
        """{"per_page":"1,000"}""",
        "Argument 'per_page' must be a whole number, but is a string; for example 1."
    )]
    [TestCase("""{"per_page":"5.5"}""", "Argument 'per_page' must be a whole number, but is 5.5; for example 1.")]
    [TestCase("""{"per_page":"NaN"}""", "Argument 'per_page' must be a whole number, but is a string; for example 1.")]
    [TestCase("""{"per_page":""}""", "Argument 'per_page' must be a whole number, but is a string; for example 1.")]
    [TestCase("""{"per_page":"500"}""", "Argument 'per_page' must be at most 60, but is 500.")]
    [TestCase("""{"per_page":true}""", "Argument 'per_page' must be a whole number, but is a boolean; for example 1.")]
    [TestCase("""{"is_open":1}""", "Argument 'is_open' must be true or false, but is 1; for example true.")]
    [TestCase("""{"is_open":"yes"}""", "Argument 'is_open' must be true or false, but is a string; for example true.")]
    [TestCase(
        """{"vendor_id":"null"}""",
        "Argument 'vendor_id' must be a whole number or null, but is a string; for example 1."
    )]
    [TestCase("""{"ref_number":1.50}""", "Argument 'ref_number' must be a string or null, but is 1.50.")]
    [TestCase("""{"ref_number":1e5}""", "Argument 'ref_number' must be a string or null, but is 1e5.")]
    [TestCase(
        """{"ref_number":9007199254740993}""",
        "Argument 'ref_number' must be a string or null, but is 9007199254740993."
    )]
    [TestCase("""{"ref_number":true}""", "Argument 'ref_number' must be a string or null, but is a boolean.")]
    [TestCase("""{"names":"a,b"}""", "Argument 'names' must be an array, but is a string.")]
    [TestCase("""{"names":"[\"a\""}""", "Argument 'names' must be an array, but is a string.")]
    [TestCase("""{"ref_number":-0}""", "Argument 'ref_number' must be a string or null, but is -0.")]
    [TestCase(
        """{"code":"abc"}""",
        "Argument 'code' must have at most 2 characters, but has 3.",
        Description = "takes one text, and is no list of one then"
    )]
    [TestCase("""{"level":5}""", "Argument 'level' must be at most 2, but is 5.")]
    [TestCase("""{"vendors":"x"}""", "Argument 'vendors' must be an array, but is a string; for example [1].")]
    [TestCase("""{"vendors":[null]}""", "Argument '/vendors/0' must be a whole number, but is null; for example 1.")]
    [TestCase("""{"restock_data":"{\"lead_time\":1"}""", "Argument 'restock_data' must be an object, but is a string.")]
    [TestCase(
        """{"restock_data":"{\"lead_time\":\"\\ud800\"}"}""",
        "Argument 'restock_data' must be an object, but is a string."
    )]
    [TestCase(
        """{"params":{"id":"x"}}""",
        "Argument 'params' is unknown. Known: id, per_page, paid_amount, is_open, ref_number, status, kinds, vendors, names, vendor_id, code, level, details, restock_data, any."
    )]
    public void Read_WhatCouldMeanTwoThings_IsRefused(string sent, string violation) =>
        Assert.That(Check(Read(WithId(sent)).Value), Is.EqualTo(new[] { violation }));

    [Test]
    public void Read_NullForARequiredArgument_IsRefused() =>
        Assert.That(
            Check(Read("""{"id":null}""").Value),
            Is.EqualTo(new[] { "Argument 'id' must be a string, but is null." })
        );

    // Open objects take any name; null is a value where it is taken (rule D2).
    [TestCase("""{"any":"{\"x\":\"5\"}"}""")]
    [TestCase("""{"any":{"perPage":"5","n":null}}""")]
    [TestCase("""{"details":[{"item_id":1,"itemId":"2"}]}""")]
    [TestCase("""{"ref_number":null,"vendor_id":null}""")]
    [TestCase("""{"ref_number":"007","status":"active","names":["a,b"," 5 "],"per_page":5.0,"paid_amount":-0}""")]
    public void Read_ValidButOdd_IsNotTouched(string sent)
    {
        var (value, repairs) = Read(WithId(sent));
        Assert.That(value, Is.EqualTo(WithId(sent)));
        Assert.That(repairs, Is.Empty);
    }

    // A description of two forms together, which fits neither of the two exactly.
    private const string Forms = """
        {"type":"object","additionalProperties":false,"properties":{"tags":{"type":"object","additionalProperties":{"type":"string"},"properties":{"size":{"type":"integer"}},
          "anyOf":[{"type":"object","additionalProperties":{"type":"string"}},{"type":"object","additionalProperties":{"type":"integer"}},
            {"type":"object","required":["size"],"properties":{"size":{"type":"integer"}}}]}}}
        """;

    [TestCase("""{"tags":{"a":1.0}}""")]
    [TestCase("""{"tags":{"a":"1","size":"2"}}""")]
    [TestCase("""{"tags":{"size":3,"fragile":true,"n":null}}""")]
    public void Read_ValueThatFitsOneForm_IsNotTouched(string sent)
    {
        var (value, repairs) = Read(sent, Forms);
        Assert.That(value, Is.EqualTo(sent));
        Assert.That(repairs, Is.Empty);
        Assert.That(Shapes.Check(Forms, sent), Is.Empty);
    }

    [Test]
    public void Read_ValueThatFitsNoForm_IsReadByWhatTheFormsHaveTogether()
    {
        var (value, repairs) = Read("""{"tags":{"size":"3","fragile":true}}""", Forms);
        Assert.That(value, Is.EqualTo("""{"tags":{"size":3,"fragile":true}}"""));
        Assert.That(
            repairs.Select(repair => repair.Receipt),
            Is.EqualTo(new[] { "/tags/size was text; it was read as a number." })
        );
        Assert.That(Shapes.Check(Forms, """{"tags":{"size":"x","fragile":true}}"""), Has.Count.EqualTo(2));
    }

    // With a correction beside it: a value that is valid as a whole is not looked at one by one.
    [TestCase(
        """{"ref_number":null,"perPage":5}""",
        """{"ref_number":null,"per_page":5}""",
        Description = "null is a value where it is taken"
    )]
    [TestCase("""{"any":{"perPage":"5","n":null},"perPage":5}""", """{"any":{"perPage":"5","n":null},"per_page":5}""")]
    [TestCase(
        """{"details":[{"itemId":1,"Rate":2.50}]}""",
        """{"details":[{"item_id":1,"Rate":2.50}]}""",
        Description = "an open object takes any name"
    )]
    [TestCase("""{"paid_amount":-0.0,"perPage":5}""", """{"paid_amount":-0.0,"per_page":5}""")]
    public void Read_ValidBesideAHabit_IsNotTouched(string sent, string expected) =>
        Assert.That(Read(WithId(sent)).Value, Is.EqualTo(WithId(expected)));

    // Looks like a number, and is none in JSON: the correction beside it is made all the same.
    [TestCase("05")]
    [TestCase("1.")]
    [TestCase("1.e5")]
    [TestCase("1e")]
    [TestCase("1e+")]
    [TestCase("-")]
    [TestCase("1 2")]
    public void Read_TextThatIsNearlyANumber_IsLeftAndTheOthersCorrected(string text)
    {
        var (value, repairs) = Read(WithId($$"""{"per_page":"{{text}}","paid_amount":"1"}"""));
        Assert.That(value, Is.EqualTo(WithId($$"""{"per_page":"{{text}}","paid_amount":1}""")));
        Assert.That(repairs, Has.Count.EqualTo(1));
    }

    // One reading is not more likely than the other.
    [TestCase("""{"params":{"id":"x"},"per_page":5}""", "'params' is unknown")]
    [TestCase("""{"params":{"params":{"params":{"params":{"id":"x"}}}}}""", "'params' is unknown")]
    public void Read_WrapperWithSomethingBesideOrTooManyOfThem_IsRefused(string sent, string violation) =>
        Assert.That(Check(Read(sent).Value), Has.Some.Contain(violation));

    [TestCase(
        """{"properties":{"input":{"type":"object"}},"required":["id"]}""",
        """{"input":{"id":"x"}}""",
        Description = "an argument of its own"
    )]
    [TestCase("""{"additionalProperties":false,"properties":{"itemId":{},"item_id":{}}}""", """{"ItemID":1}""")]
    [TestCase("""{"properties":{"a":{"enum":["Open","OPEN"]}}}""", """{"a":"open"}""")]
    public void Read_SchemaInWhichTwoThingsFit_IsNotGuessed(string schema, string sent)
    {
        var (value, repairs, _) = ArgumentRepair.Of(Shapes.Of(schema), JsonElement.Parse(sent), new());
        Assert.That(value.GetRawText(), Is.EqualTo(sent));
        Assert.That(repairs, Is.Empty);
    }

    [TestCase("100", "60", "per_page was 100; the limit 60 was taken.")]
    [TestCase("\"100\"", "60", "per_page was 100; the limit 60 was taken.")]
    [TestCase("1", "10", "per_page was 1; the limit 10 was taken.")]
    [TestCase("-5", "10", "per_page was -5; the limit 10 was taken.")]
    public void Read_PageSizeBeyondItsLimits_BecomesTheLimit(string size, string expected, string receipt)
    {
        var read = Call("listCompanies", $$"""{"per_page":{{size}}}""");
        Assert.That(read.Violations, Is.Empty);
        Assert.That(read.Value.GetProperty("per_page").GetRawText(), Is.EqualTo(expected));
        Assert.That(read.Repairs[^1].Receipt, Is.EqualTo(receipt));
    }

    [TestCase("""{"companyUuid":"x","per_page":20.5}""", "per_page")]
    [TestCase("""{"companyUuid":"x","page":0}""", "page")]
    public void Read_OtherNumberBeyondItsLimits_IsRefused(string sent, string argument)
    {
        var read = Call("bills_list", sent);
        Assert.That(read.Repairs, Is.Empty);
        Assert.That(read.Violations.Single(), Does.StartWith($"Argument '{argument}' must be"));
    }

    [TestCase("month", "monthly")]
    [TestCase("QUARTER", "quarterly")]
    public void Read_BeginningOfOneAllowedValue_IsThatValueForAToolThatReads(string sent, string expected)
    {
        var read = Call("getRevenueAndCogs", $$"""{"start_date":"2026-01-01","periodicity":"{{sent}}"}""");
        Assert.That(read.Violations, Is.Empty);
        Assert.That(read.Value.GetProperty("periodicity").GetString(), Is.EqualTo(expected));
        Assert.That(read.Repairs.Single().Receipt, Is.EqualTo($"periodicity was read as \"{expected}\"."));
    }

    [TestCase("getRevenueAndCogs", """{"start_date":"2026-01-01","periodicity":"mo"}""", Description = "too short")]
    [TestCase("getRevenueAndCogs", """{"start_date":"2026-01-01","periodicity":"months"}""")]
    [TestCase("createDocuments", """{"companyUuid":"x","type":"bil","data":[]}""", Description = "a write")]
    public void Read_BeginningThatMayMeanSomethingElse_IsRefused(string tool, string sent)
    {
        var read = Call(tool, sent);
        Assert.That(read.Repairs, Is.Empty);
        Assert.That(read.Violations, Has.Some.Contains("must be"));
    }

    [Test]
    public void Read_BeginningOfTwoAllowedValues_IsNotGuessed()
    {
        var shape = Shapes.Of("""{"properties":{"a":{"enum":["month end","month start"]}}}""");
        var (value, repairs, _) = ArgumentRepair.Of(
            shape,
            JsonElement.Parse("""{"a":"month"}"""),
            new(),
            isReadOnly: true
        );
        Assert.That(value.GetRawText(), Is.EqualTo("""{"a":"month"}"""));
        Assert.That(repairs, Is.Empty);
    }

    private static ReadArguments Call(string name, string sent)
    {
        GeneratedCatalog.Create().TryGet(name, out var tool);
        return ArgumentReader.Read(tool!, JsonElement.Parse(sent));
    }

    [Test]
    public void Read_HundredRepairs_TellsTheFirstAndHowManyMore()
    {
        var (value, repairs) = Read(
            WithId($$"""{"vendors":[{{string.Join(',', Enumerable.Repeat("\"7\"", 100))}}]}""")
        );
        var receipts = Repair.Receipts(repairs);
        Assert.That(Check(value), Is.Empty);
        Assert.That(receipts, Has.Count.EqualTo(21));
        Assert.That(receipts[^1], Is.EqualTo("… and 80 more were read in the same way."));
    }

    [TestCase("\"7\"", "must be a whole number, but is a string; for example 1.")]
    [TestCase("\"x\"", "must be a whole number, but is a string; for example 1.")]
    public void Read_MoreThanHundredWrongValues_IsRefusedAsItWasSent(string item, string violation)
    {
        GeneratedCatalog.Create().TryGet("adjustments_create", out var tool);
        var sent = JsonElement.Parse(
            $$"""{"companyUuid":"x","ref_number":"x","details":[{{string.Join(',', Enumerable.Repeat($$"""{"inventory_id":1,"service_id":1,"rate":1,"quantity":{{item}}}""", 101))}}]}"""
        );
        var read = ArgumentReader.Read(tool!, sent);
        Assert.That(read.Repairs, Is.Empty);
        Assert.That(read.Violations, Has.Count.EqualTo(22));
        Assert.That(read.Violations[0], Is.EqualTo($"Argument '/details/0/quantity' {violation}"));
        Assert.That(read.Violations[^2], Is.EqualTo("… and at least 80 more."));
        Assert.That(
            read.Violations[^1],
            Is.EqualTo(
                "More than 100 values are not as the schema has them. So many are not corrected; send each as the schema says."
            )
        );
    }

    [TestCase("""{"details":"[{\"item_id\":1,\"item_id\":2}]"}""")]
    [TestCase("""{"restock_data":"{\"lead_time\":1,\"lead_time\":2}"}""")]
    public void Read_JsonTextWithOneNameTwice_IsNotUnpacked(string sent) =>
        Assert.That(Read(WithId(sent)).Repairs, Is.Empty);

    [Test]
    public void Read_TextNestedDeeperThanCanBeRead_IsRefusedAsItWasSent()
    {
        var nested = JsonSerializer.Serialize(new string('[', 300) + new string(']', 300));
        var (value, repairs) = Read(WithId($$"""{"vendors":{{nested}}}"""));
        Assert.That(repairs, Is.Empty);
        Assert.That(Check(value), Has.Count.EqualTo(1));
    }

    private static readonly string[] Tools = [.. GeneratedCatalog.Create().Tools.Select(tool => tool.Name)];

    [TestCaseSource(nameof(Tools))]
    public void Read_GeneratedValidArguments_ComeOutByteForByte(string name)
    {
        GeneratedCatalog.Create().TryGet(name, out var tool);
        var schema = JsonNode.Parse(tool!.InputSchema)!.AsObject();
        SchemaValues.TypeLookups(schema, tool.Arguments);
        var values = new SchemaValues(seed: 50);
        foreach (
            var sent in Enumerable
                .Range(0, 50)
                .Select(index =>
                    InOrder(tool, values.Valid(schema, full: index == 0)!)
                        .ToJsonString(new() { WriteIndented = index % 2 == 0 })
                )
        )
        {
            using var document = JsonDocument.Parse(sent);
            var read = ArgumentReader.Read(tool, document.RootElement);
            Assert.That(read.Violations.Concat(read.Repairs.Select(repair => repair.Receipt)), Is.Empty);
            Assert.That(read.Value.GetRawText(), Is.EqualTo(sent));
        }
    }

    // A span that ends before it begins is rejected, which a schema cannot say.
    private static JsonNode InOrder(ToolDescriptor tool, JsonNode arguments)
    {
        foreach (var span in tool.Spans)
        {
            var (from, to) = ((string?)arguments[span.From], (string?)arguments[span.To]);
            if (string.CompareOrdinal(to, from) < 0 && to is not null)
            {
                arguments[span.To] = from;
            }
        }

        return arguments;
    }

    // Whatever is sent: what was understood is either valid, or understood to the end.
    [TestCaseSource(nameof(Tools))]
    public void Read_GeneratedWrongArguments_AreRepairedOnce(string name)
    {
        GeneratedCatalog.Create().TryGet(name, out var tool);
        var sent = SchemaValues
            .Mutations(new SchemaValues(seed: 51).Valid(JsonNode.Parse(tool!.InputSchema)!.AsObject(), full: true))
            .ToList();
        foreach (var value in sent)
        {
            using var document = JsonDocument.Parse(value?.ToJsonString() ?? "null");
            var once = ArgumentReader.Read(tool, document.RootElement);
            var twice = ArgumentReader.Read(tool, once.Value);
            Assert.That(twice.Repairs, Is.Empty, once.Value.GetRawText());
            Assert.That(twice.Violations, Is.EqualTo(once.Violations));
        }
    }

    private static string WithId(string members) =>
        members == "{}" ? """{"id":"x"}""" : """{"id":"x",""" + members[1..];

    private static (string Value, IReadOnlyList<Repair> Repairs) Read(string sent, string schema = Schema)
    {
        using var document = JsonDocument.Parse(sent);
        var (value, repairs, _) = ArgumentRepair.Of(Shapes.Of(schema), document.RootElement, new());
        return (value.GetRawText(), repairs);
    }

    private static IReadOnlyList<string> Check(string value) => Shapes.Check(Schema, value);
}
