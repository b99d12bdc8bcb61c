using System.Globalization;
using System.Text.Json;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Composition;

/// <summary>Tables and totals of composed tools. Expected values are computed by hand.</summary>
internal sealed class TableTests
{
    [TestCase("""{"sum":["rows.a","rows.b"]}""", """{"a":0.1,"b":0.2}""", "0.3")]
    [TestCase("""{"sum":["rows.a","rows.b"]}""", """{"a":9007199254740993,"b":0.01}""", "9007199254740993.01")]
    [TestCase("""{"product":["rows.a","rows.b"]}""", """{"a":1.10,"b":3}""", "3.30")]
    [TestCase(
        """{"sum":["rows.a","rows.b"]}""",
        """{"a":1}""",
        null,
        Description = "a missing number is unknown, not zero"
    )]
    [TestCase("""{"sum":["rows.a","rows.b"]}""", """{"a":1,"b":"2"}""", null)]
    [TestCase(
        """{"product":["rows.a","rows.b"]}""",
        """{"a":79228162514264337593543950335,"b":2}""",
        null,
        Description = "beyond decimals"
    )]
    [TestCase("""{"sum":["rows.a"]}""", """{"a":1e400}""", null)]
    [TestCase("""{"sum":"rows.list.n"}""", """{"list":[{"n":1.5},{"n":2.25}]}""", "3.75")]
    [TestCase("""{"first":["rows.a","rows.b"]}""", """{"a":null,"b":4}""", "4")]
    [TestCase("\"rows.a\"", """{"a":1e400}""", "1e400", Description = "shown as it came")]
    public async Task Column_OfNumbers_IsExact(string expression, string row, string? expected)
    {
        var answer = await RowsAsync($$"""[{{row}}]""", $$"""{"x":{{expression}}}""");
        var found = answer.GetProperty("all")[0].TryGetProperty("x", out var value) ? value.GetRawText() : null;
        Assert.That(found, Is.EqualTo(expected));
    }

    [TestCase("\"rows.v\"", """{"v":true}""", "true")]
    [TestCase("\"rows.v\"", """{"v":false}""", "false")]
    [TestCase("\"rows.v\"", """{"v":"x"}""", "\"x\"")]
    [TestCase("""{"first":["rows.v",{"argument":"wanted"}]}""", """{"v":null}""", "\"w\"")]
    [TestCase("""{"match":["rows.v",{"argument":"none"}]}""", """{"v":"x"}""", "\"part\"")]
    [TestCase("""{"match":["rows.v",{"argument":"none"}]}""", """{"v":""}""", "\"exact\"")]
    public async Task Column_OfOtherValues_IsShown(string expression, string row, string expected)
    {
        var answer = await RowsAsync($$"""[{{row}}]""", $$"""{"x":{{expression}}}""", """{"wanted":"w"}""");
        Assert.That(answer.GetProperty("all")[0].GetProperty("x").GetRawText(), Is.EqualTo(expected));
    }

    // Nulls last in both directions, and equal values in the order of the second column.
    [TestCase("\"a\",\"-b\"", "[[1,3],[1,2],[2,9],[null,5]]")]
    [TestCase("\"-a\",\"b\"", "[[2,9],[1,2],[1,3],[null,5]]")]
    [TestCase("\"b\"", "[[1,2],[1,3],[null,5],[2,9]]")]
    public async Task Sort_ByColumns_OrdersNumbersBySizeAndNullLast(string sort, string expected)
    {
        var answer = await RowsAsync(
            """[{"a":null,"b":5},{"a":1,"b":2},{"a":2,"b":9},{"a":1,"b":3}]""",
            $$"""{"a":"rows.a","b":"rows.b"},"sort":[{{sort}}],"form":"lists" """
        );
        Assert.That(answer.GetProperty("all").GetProperty("rows").GetRawText(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Where_AboveInAnyOfTwoMembers_KeepsTheRow()
    {
        var answer = await RowsAsync(
            """[{"a":1,"b":9},{"a":9,"b":1},{"a":1,"b":5},{"a":"9","b":1}]""",
            """{"a":"rows.a","b":"rows.b"},"where":[{"any":["a","b"],"above":{"argument":"least"}}],"form":"lists" """,
            """{"least":5}"""
        );
        Assert.That(answer.GetProperty("all").GetProperty("rows").GetRawText(), Is.EqualTo("[[1,9],[9,1]]"));
    }

    // A column of a step that was not taken has no value to show.
    [TestCase("{}", """["name"]""")]
    [TestCase("""{"show":"places"}""", """["name","id","all"]""")]
    public async Task Column_OfAStepThatWasNotTaken_IsLeftOut(string arguments, string expected)
    {
        const string plan = """
            {"steps":{
              "rows":{"call":"shelves","with":{"shop":{"value":1}},"rows":"data"},
              "others":{"call":"batches","with":{"shop":{"value":1}},"rows":"data","when":{"show":["places"]}}},
             "result":{"all":{"of":"rows","form":"lists","columns":{"name":"rows.name","id":{"join":"others.id","on":"others.uuid","equals":"rows.uuid"}},
              "across":{"all":{"sum":"name","same":["name","id"]}}}}}
            """;
        var answer = await new ComposedCall()
            .Answer("""shelves {"shop":1}""", """{"data":[{"name":1,"uuid":"u"}]}""")
            .Answer("""batches {"shop":1}""", """{"data":[{"id":32,"uuid":"u"}]}""")
            .RunAsync(plan, arguments);
        Assert.That(answer.GetProperty("all").GetProperty("columns").GetRawText(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Step_WithoutAPathToRows_IsOneRow()
    {
        var answer = await new ComposedCall()
            .Answer("shops {}", """[{"name":"North"},{"name":"South"}]""")
            .RunAsync(
                """{"steps":{"shops":{"call":"shops"}},"result":{"all":{"of":"shops","columns":{"name":"shops.name"}}}}"""
            );
        Assert.That(answer.GetProperty("all").GetRawText(), Is.EqualTo("""[{"name":"North"}]"""));
    }

    [TestCase("B-1", "exact")]
    [TestCase(" b-1 ", "exact")]
    [TestCase("B-17", "part")]
    [TestCase("C-1", "related")]
    public async Task Match_Number_SaysHowWellItFits(string number, string expected)
    {
        var answer = await RowsAsync(
            $$"""[{"n":"{{number}}"}]""",
            """{"x":{"match":["rows.n",{"argument":"wanted"}]}}""",
            """{"wanted":"B-1"}"""
        );
        Assert.That(answer.GetProperty("all")[0].GetProperty("x").GetString(), Is.EqualTo(expected));
    }

    // Three batches of 10 at 1.00, 10 at 2.00 and 3 with parts of 1.00 and 0.05. First in, first out: the latest are
    // left.
    [TestCase("3", "1.05", Description = "the last batch, whole")]
    [TestCase("13", "21.05")]
    [TestCase("5", "5.05", Description = "3 of the last, 2 of 10 of the one before")]
    [TestCase("1", "0.35", Description = "0.33 of 1.00 and 0.02 of 0.05: 0.05 less 0.03, which is what two units take")]
    [TestCase("0", "0")]
    [TestCase("23", "31.05")]
    [TestCase("24", null, Description = "one unit has no batch, so the value is unknown")]
    public async Task Latest_Units_HaveTheAmountsOfTheLatestBatches(string units, string? expected)
    {
        const string plan = """
            {"steps":{
              "rows":{"call":"shelves","with":{"shop":{"value":1}},"rows":"data"},
              "batches":{"call":"batches","forEach":"rows","with":{"shop":{"member":"rows.id"}},"rows":"data"}},
             "result":{"all":{"of":"rows","columns":{"id":"rows.id","x":{"latest":"rows.units","quantity":"batches.q","amounts":"batches.parts.amount","decimals":2}}}}}
            """;
        var call = new ComposedCall()
            .Answer("""shelves {"shop":1}""", $$"""{"data":[{"id":5,"units":{{units}}}]}""")
            .Answer(
                """batches {"shop":5}""",
                """{"data":[{"q":10,"parts":[{"amount":10.00}]},{"q":10,"parts":[{"amount":20.00}]},{"q":3,"parts":[{"amount":1.00},{"amount":0.05}]}]}"""
            );
        var row = (await call.RunAsync(plan)).GetProperty("all")[0];
        var found = row.TryGetProperty("x", out var value) ? value.GetDecimal() : (decimal?)null;
        Assert.That(found, Is.EqualTo(expected is null ? null : decimal.Parse(expected, CultureInfo.InvariantCulture)));
    }

    [Test]
    public async Task Join_Key_FindsTheMemberOfTheRowWithIt()
    {
        const string plan = """
            {"steps":{
              "rows":{"call":"shelves","with":{"shop":{"value":1}},"rows":"data"},
              "others":{"call":"batches","with":{"shop":{"value":1}},"rows":"data"}},
             "result":{"all":{"of":"rows","form":"lists","columns":{"name":"rows.name","id":{"join":"others.place.id","on":"others.place.uuid","equals":"rows.uuid"}}}}}
            """;
        var call = new ComposedCall()
            .Answer("""shelves {"shop":1}""", """{"data":[{"name":"a","uuid":"u-1"},{"name":"b","uuid":"u-2"}]}""")
            .Answer("""batches {"shop":1}""", """{"data":[{"place":null},{"place":{"id":32,"uuid":"u-2"}}]}""");
        Assert.That(
            (await call.RunAsync(plan)).GetProperty("all").GetProperty("rows").GetRawText(),
            Is.EqualTo("""[["a",null],["b",32]]""")
        );
    }

    private const string Stock = """
        [{"id":1,"place":"N","units":4,"value":10.50,"cur":"USD"},{"id":1,"place":"S","units":6,"value":20.00,"cur":"USD"},
         {"id":2,"place":"N","units":1,"value":7.25,"cur":"EUR"}]
        """;

    private const string StockColumns =
        """{"id":"rows.id","place":"rows.place","units":"rows.units","value":"rows.value","cur":"rows.cur"},"across":{"all":{"sum":"units","same":["id"]}},"group":{"argument":"by","cases":{"id":["id","cur"],"place":["place","cur"]}},"sum":["units","value"],"compute":{"each":{"quotient":["value","units"],"decimals":2},"days":{"quotient":["all","units"],"decimals":1}},"sort":["-value"],"form":"lists","hide":["all"]""";

    [TestCase("{}", """[[1,"S",6,20.00,"USD",3.33,1.7],[1,"N",4,10.50,"USD",2.63,2.5],[2,"N",1,7.25,"EUR",7.25,1]]""")]
    [TestCase("""{"by":"id"}""", """[[1,null,10,30.50,"USD",3.05,1],[2,"N",1,7.25,"EUR",7.25,1]]""")]
    [TestCase(
        """{"by":"place"}""",
        """[[1,"S",6,20.00,"USD",3.33,1.7],[1,"N",4,10.50,"USD",2.63,2.5],[2,"N",1,7.25,"EUR",7.25,1]]""",
        Description = "amounts of two currencies are never added"
    )]
    public async Task Group_Rows_AreSummedAndComputedAfterwards(string arguments, string expected)
    {
        var answer = await RowsAsync(Stock, StockColumns, arguments);
        Assert.That(answer.GetProperty("all").GetProperty("rows").GetRawText(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Totals_OfATable_AreForEachCurrencyAndAllRowsBeforeTheTop()
    {
        var answer = await RowsAsync(
            Stock,
            StockColumns + ""","top":1""",
            totals: ""","sums":{"totals":"all","by":["cur"],"sum":["units","value"]}"""
        );
        Assert.That(
            answer.GetProperty("sums").GetRawText(),
            Is.EqualTo(
                """[{"cur":"USD","units":10,"value":30.50,"rows":2},{"cur":"EUR","units":1,"value":7.25,"rows":1}]"""
            )
        );
        Assert.That(answer.GetProperty("all").GetProperty("rows").GetArrayLength(), Is.EqualTo(1));
        Assert.That(answer.GetProperty("all").GetProperty("more_rows").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Totals_WithAnUnknownValue_SayThatItIsNotIn()
    {
        var answer = await RowsAsync(
            """[{"id":1,"value":5},{"id":2,"value":null}]""",
            """{"id":"rows.id","value":"rows.value"}""",
            totals: ""","sums":{"totals":"all","sum":["value"]}"""
        );
        Assert.That(answer.GetProperty("complete").GetBoolean(), Is.False);
        Assert.That(
            answer.GetProperty("missing")[0].GetString(),
            Is.EqualTo("value: unknown in 1 of 2 rows, which the totals leave out.")
        );
        Assert.That(answer.GetProperty("sums")[0].GetProperty("value").GetInt32(), Is.EqualTo(5));
    }

    [TestCase("""{"names":["LANT-1"]}""", "[1]", null, Description = "exact excludes what only contains it")]
    [TestCase("""{"names":["lant-1"]}""", "[1]", null)]
    [TestCase("""{"names":["lant"]}""", "[1,2]", null)]
    [TestCase("""{"names":["3"]}""", "[3]", null, Description = "an id")]
    [TestCase("""{"names":["LANT-1","TENT"]}""", "[1]", """["TENT"]""")]
    [TestCase("{}", "[1,2,3]", null)]
    public async Task Where_Named_KeepsTheRowsThatPeopleMean(string arguments, string ids, string? unmatched)
    {
        const string plan = """
            {"steps":{"rows":{"call":"shelves","with":{"shop":{"value":1}},"rows":"data","where":[{"any":["sku","id"],"named":{"argument":"names"}}]}},
             "result":{"all":{"of":"rows","columns":{"id":"rows.id"}}}}
            """;
        var answer = await new ComposedCall()
            .Answer(
                """shelves {"shop":1}""",
                """{"data":[{"id":1,"sku":"LANT-1"},{"id":2,"sku":"LANT-12"},{"id":3,"sku":"BOTL"}]}"""
            )
            .RunAsync(plan, arguments);
        Assert.That(
            "["
                + string.Join(',', answer.GetProperty("all").EnumerateArray().Select(row => row.GetProperty("id")))
                + "]",
            Is.EqualTo(ids)
        );
        Assert.That(
            answer.TryGetProperty("unmatched", out var names) ? names.GetRawText() : null,
            Is.EqualTo(unmatched)
        );
    }

    [TestCase("""{"days":3}""", 1, Description = "10 / 4 is 2.5")]
    [TestCase("""{"days":2.5}""", 0)]
    [TestCase("{}", 2)]
    public async Task Where_Below_ComparesBeforeItRounds(string arguments, int count)
    {
        var answer = await RowsAsync(
            """[{"a":10,"b":4},{"a":10,"b":0}]""",
            """{"a":"rows.a","b":"rows.b"},"compute":{"days":{"quotient":["a","b"],"decimals":0}},"where":[{"any":["days"],"below":{"argument":"days"}}]""",
            arguments
        );
        Assert.That(answer.GetProperty("all").GetArrayLength(), Is.EqualTo(count));
    }

    [Test]
    public async Task Defaults_OfArguments_HoldWhereTheCallLeavesThemOut()
    {
        var answer = await RowsAsync(
            """[{"a":1},{"a":2},{"a":3}]""",
            """{"a":"rows.a"},"top":{"argument":"top"}""",
            totals: """},"defaults":{"top":2""",
            arguments: "{}"
        );
        Assert.That(answer.GetProperty("all").GetArrayLength(), Is.EqualTo(2));
    }

    private static Task<JsonElement> RowsAsync(
        string rows,
        string table,
        string arguments = "{}",
        string totals = ""
    ) =>
        new ComposedCall()
            .Answer("""shelves {"shop":1}""", $$"""{"data":{{rows}}}""")
            .RunAsync(
                """{"steps":{"rows":{"call":"shelves","with":{"shop":{"value":1}},"rows":"data"}},"result":{"all":{"of":"rows","columns":"""
                    + table
                    + "}"
                    + totals
                    + "}}",
                arguments
            );
}
