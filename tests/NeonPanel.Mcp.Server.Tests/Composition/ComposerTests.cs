using System.Text.Json;
using NeonPanel.Mcp.Server.Composition;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Composition;

/// <summary>Steps of composed tools: order, pages, limits, failures and cancellation.</summary>
internal sealed class ComposerTests
{
    private const string Shelves = """
        {"steps":{
          "shops":{"call":"shops","rows":"data","pages":5,"label":"name"},
          "shelves":{"call":"shelves","forEach":"shops","with":{"shop":{"member":"shops.id"}},"rows":"data"}},
         "result":{"shelves":{"of":"shelves","form":"lists","columns":{"shop":"shops.name","item":"shelves.item","units":"shelves.units"}}}}
        """;

    private static ComposedCall TwoShops =>
        new ComposedCall()
            .Answer("""shops {"per_page":2}""", """{"data":[{"id":1,"name":"North"},{"id":2,"name":"South"}]}""")
            .Answer("""shelves {"shop":1}""", """{"data":[{"item":"a","units":3},{"item":"b","units":5}]}""")
            .Answer("""shelves {"shop":2}""", """{"data":[{"item":"a","units":7}]}""");

    [Test]
    public async Task Run_StepForEachRow_KeepsTheOrderOfTheRowsBefore()
    {
        var first = new TaskCompletionSource();
        var call = TwoShops;
        // The shelves of the first shop arrive last.
        call.Wait = (sent, _) =>
        {
            if (sent == """shelves {"shop":2}""")
            {
                first.SetResult();
            }

            return sent == """shelves {"shop":1}""" ? first.Task : Task.CompletedTask;
        };
        Assert.That(
            (await call.RunAsync(Shelves)).GetRawText(),
            Is.EqualTo(
                """{"complete":true,"shelves":{"columns":["shop","item","units"],"rows":[["North","a",3],["North","b",5],["South","a",7]]}}"""
            )
        );
    }

    [Test]
    public async Task Run_ListOfSeveralPages_IsReadToItsEnd()
    {
        var call = TwoShops
            .Answer("""shops {"per_page":2}""", """{"current_page":1,"last_page":2,"data":[{"id":1,"name":"North"}]}""")
            .Answer(
                """shops {"per_page":2,"page":2}""",
                """{"current_page":2,"last_page":2,"data":[{"id":2,"name":"South"}]}"""
            );
        var answer = await call.RunAsync(Shelves);
        Assert.That(answer.GetProperty("complete").GetBoolean(), Is.True);
        Assert.That(answer.GetProperty("shelves").GetProperty("rows").GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public async Task Run_ListWithMorePagesThanTheStepReads_IsReportedAsIncomplete()
    {
        var call = TwoShops.Answer(
            """shops {"per_page":2}""",
            """{"current_page":1,"last_page":9,"data":[{"id":1,"name":"North"}]}"""
        );
        for (var page = 2; page <= 9; page++)
        {
            call.Answer(
                $$"""shops {"per_page":2,"page":{{page}}}""",
                $$"""{"current_page":{{page}},"last_page":9,"data":[{"id":2,"name":"South"}]}"""
            );
        }

        Assert.That(
            Missing(await call.RunAsync(Shelves)),
            Is.EqualTo(new[] { "shops: has more than 5 pages; the rest was not read." })
        );
    }

    [Test]
    public async Task Run_FailureOfOneRow_IsNamedAndTheOthersAreReturned()
    {
        var answer = await TwoShops.Fail("""shelves {"shop":1}""", 403).RunAsync(Shelves);
        Assert.That(Missing(answer), Is.EqualTo(new[] { "shelves of North: Shop answered 403." }));
        Assert.That(
            answer.GetProperty("shelves").GetProperty("rows").GetRawText(),
            Is.EqualTo("""[["South","a",7]]""")
        );
    }

    [Test]
    public async Task Run_AnswerThatIsNotJson_IsNamed()
    {
        var answer = await TwoShops.Answer("""shelves {"shop":2}""", "<html>").RunAsync(Shelves);
        Assert.That(Missing(answer), Is.EqualTo(new[] { "shelves of South: answered with invalid JSON." }));
    }

    [Test]
    public async Task Run_ListThatAllDependsOnFails_IsTheFailureOfTheCall()
    {
        var answer = await new ComposedCall().Fail("""shops {"per_page":2}""", 500).SendAsync(Shelves);
        Assert.That(answer.Failure!.Text, Is.EqualTo("composed: shops failed: answered 500."));
    }

    // Nothing depends on either list, so the other one is still an answer.
    [Test]
    public async Task Run_OneOfTwoListsFails_IsNamedBesideTheOther()
    {
        const string plan = """
            {"steps":{
              "first":{"call":"shelves","with":{"shop":{"value":1}},"rows":"data"},
              "second":{"call":"batches","with":{"shop":{"value":1}},"rows":"data"}},
             "result":{"all":{"rows":[{"of":"first","columns":{"item":"first.item"}},{"of":"second","columns":{"item":"second.item"}}]}}}
            """;
        var answer = await new ComposedCall()
            .Fail("""shelves {"shop":1}""", 500)
            .Answer("""batches {"shop":1}""", """{"data":[{"item":"b"}]}""")
            .RunAsync(plan);
        Assert.That(Missing(answer), Is.EqualTo(new[] { "shelves: Shop answered 500." }));
        Assert.That(answer.GetProperty("all").GetRawText(), Is.EqualTo("""[{"item":"b"}]"""));
    }

    [TestCase(1024 * 1024, false)]
    [TestCase((1024 * 1024) + 1, true)]
    public async Task Run_AnswerOfAMebibyte_IsReadAndALargerOneIsNamed(int length, bool isNamed)
    {
        const string start = """{"data":[{"item":""";
        const string end = "\"}]}";
        var call = TwoShops.Answer(
            """shelves {"shop":2}""",
            start + "\"" + new string('x', length - start.Length - end.Length - 1) + end
        );
        var answer = await call.RunAsync(Shelves);
        Assert.That(answer.GetProperty("complete").GetBoolean(), Is.Not.EqualTo(isNamed));
        if (isNamed)
        {
            Assert.That(Missing(answer), Is.EqualTo(new[] { "shelves of South: answered more than can be read." }));
        }
    }

    [TestCase(20, null)]
    [TestCase(21, "And 1 more.")]
    [TestCase(30, "And 10 more.")]
    public void Missing_ForManyReasons_IsTwentySentencesAndANumber(int reasons, string? end)
    {
        var sentences = MissingPart.Sentences([
            .. Enumerable.Range(0, reasons).Select(index => new MissingPart("shelves", "North", $"reason {index}.")),
        ]);
        Assert.That(sentences, Has.Count.EqualTo(end is null ? 20 : 21));
        Assert.That(sentences[^1], Is.EqualTo(end ?? "shelves of North: reason 19."));
    }

    [Test]
    public void Missing_RowsOfOneReason_AreNamedOnceAndUpToFive() =>
        Assert.That(
            MissingPart.Sentences([
                .. "a a b c d e f".Split(' ').Select(name => new MissingPart("shelves", name, "is gone.")),
                new("shelves", "", "is gone."),
            ]),
            Is.EqualTo(new[] { "shelves of a, b, c, d, e and 1 more: is gone." })
        );

    [Test]
    public async Task Run_RefusedToken_IsTheFailureOfTheCall()
    {
        var answer = await TwoShops.Fail("""shelves {"shop":2}""", 401).SendAsync(Shelves);
        Assert.That(answer.Failure!.IsUnauthorized, Is.True);
    }

    [TestCase(429, nameof(FailureKind.Status), "Shop answered 429.")]
    [TestCase(0, nameof(FailureKind.Busy), "shelves failed: answered 0.")]
    public async Task Run_RefusalForTooManyCalls_EndsTheReading(int status, string kind, string reason)
    {
        var call = new ComposedCall().Answer(
            """shops {"per_page":2}""",
            $$"""{"data":[{{string.Join(',', Enumerable.Range(1, 30).Select(id => $$"""{"id":{{id}},"name":"s{{id}}"}"""))}}]}"""
        );
        for (var shop = 1; shop <= 30; shop++)
        {
            call.Fail($$"""shelves {"shop":{{shop}}}""", status, Enum.Parse<FailureKind>(kind));
        }

        // Another step is answered, so that the call as a whole has an answer.
        var answer = await call.RunAsync(Shelves);
        Assert.That(call.Sent, Has.Count.LessThanOrEqualTo(1 + 4), "those that ran at the same time, and no more");
        Assert.That(Missing(answer), Is.EqualTo(new[] { $"shelves of s1, s10, s11, s12, s13 and 25 more: {reason}" }));
    }

    [Test]
    public async Task Run_ManyRows_SendsFourRequestsAtTheSameTime()
    {
        var call = new ComposedCall().Answer(
            """shops {"per_page":2}""",
            $$"""{"data":[{{string.Join(',', Enumerable.Range(1, 20).Select(id => $$"""{"id":{{id}},"name":"s{{id}}"}"""))}}]}"""
        );
        for (var shop = 1; shop <= 20; shop++)
        {
            call.Answer($$"""shelves {"shop":{{shop}}}""", """{"data":[]}""");
        }

        var arrived = 0;
        var four = new TaskCompletionSource();
        call.Wait = (sent, _) =>
        {
            if (sent.StartsWith("shelves", StringComparison.Ordinal) && Interlocked.Increment(ref arrived) == 4)
            {
                four.SetResult();
            }

            return sent.StartsWith("shelves", StringComparison.Ordinal) ? four.Task : Task.CompletedTask;
        };
        await call.RunAsync(Shelves);
        Assert.That(call.MostAtOnce, Is.EqualTo(4));
    }

    [Test]
    public async Task Run_SameCallForSeveralRows_IsSentOnce()
    {
        const string plan = """
            {"steps":{
              "shops":{"call":"shops","rows":"data"},
              "shelves":{"call":"shelves","forEach":"shops","with":{"shop":{"member":"shops.chain"}},"rows":"data"}},
             "result":{"all":{"of":"shops","form":"lists","columns":{"name":"shops.name","units":"shelves.units"}}}}
            """;
        var call = new ComposedCall()
            .Answer("shops {}", """{"data":[{"name":"North","chain":9},{"name":"South","chain":9}]}""")
            .Answer("""shelves {"shop":9}""", """{"data":[{"units":4}]}""");
        Assert.That(
            (await call.RunAsync(plan)).GetProperty("all").GetProperty("rows").GetRawText(),
            Is.EqualTo("""[["North",4],["South",4]]""")
        );
        Assert.That(call.Sent, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Run_MoreRequestsThanAllowed_AreNamedAndNotSent()
    {
        var call = TwoShops;
        call.Options = new(2, 1000, TimeSpan.FromSeconds(40));
        var answer = await call.RunAsync(Shelves);
        Assert.That(call.Sent, Has.Count.EqualTo(2));
        Assert.That(
            Missing(answer).Single(),
            Does.EndWith(": was not called, because one call sends at most 2 requests. Ask for less.")
        );
    }

    [Test]
    public async Task Run_MoreRowsThanAllowed_AreNamed()
    {
        var call = TwoShops;
        call.Options = new(100, 4, TimeSpan.FromSeconds(40));
        Assert.That(
            Missing(await call.RunAsync(Shelves)).Single(),
            Does.EndWith("has more rows than the 4 that one call reads.")
        );
    }

    [Test]
    public async Task Run_TimeOver_ReturnsWhatWasReadAndNamesTheRest()
    {
        var clock = new ManualClock();
        var call = TwoShops;
        call.Time = clock;
        call.Wait = async (sent, cancelled) =>
        {
            if (sent == """shelves {"shop":2}""")
            {
                clock.Advance(TimeSpan.FromSeconds(41));
                await Task.Delay(Timeout.Infinite, cancelled);
            }
        };
        var answer = await call.RunAsync(Shelves);
        Assert.That(
            Missing(answer),
            Has.Member("shelves of South: the time for one call ended before it was read. Ask for less.")
        );
    }

    [Test]
    public void Run_CancelledByTheCaller_EndsWithoutAResult()
    {
        using var source = new CancellationTokenSource();
        var call = TwoShops;
        call.Wait = async (sent, cancelled) =>
        {
            if (sent == """shelves {"shop":1}""")
            {
                await source.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancelled);
            }
        };
        Assert.That(() => call.SendAsync(Shelves, "{}", source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Run_StepOnlyWhenAnArgumentAsksForIt_IsLeftOutWithItsColumns()
    {
        var plan = Shelves
            .Replace(
                "\"rows\":\"data\"}}",
                "\"rows\":\"data\",\"when\":{\"show\":[\"units\"]}}}",
                StringComparison.Ordinal
            )
            .Replace("\"of\":\"shelves\"", "\"of\":\"shops\"", StringComparison.Ordinal);
        var call = TwoShops;
        var without = await call.RunAsync(plan, """{"show":"names"}""");
        Assert.That(call.Sent, Has.Count.EqualTo(1));
        Assert.That(without.GetProperty("shelves").GetProperty("columns").GetRawText(), Is.EqualTo("""["shop"]"""));
        var with = await call.RunAsync(plan, """{"show":"units"}""");
        Assert.That(
            with.GetProperty("shelves").GetProperty("columns").GetRawText(),
            Is.EqualTo("""["shop","item","units"]""")
        );
    }

    [TestCase("{}", """["shop","item","units"]""")]
    [TestCase("""{"show":"names"}""", """["shop"]""", Description = "those of the steps that were taken")]
    public async Task Run_NoRows_TellsTheColumns(string arguments, string expected)
    {
        var plan = Shelves.Replace(
            "\"rows\":\"data\"}}",
            "\"rows\":\"data\",\"when\":{\"show\":[\"units\"]}}}",
            StringComparison.Ordinal
        );
        var none = new ComposedCall().Answer("shops {\"per_page\":2}", """{"data":[],"last_page":1}""");
        var answer = await none.RunAsync(arguments == "{}" ? Shelves : plan, arguments);
        Assert.That(answer.GetProperty("shelves").GetRawText(), Is.EqualTo($$"""{"columns":{{expected}},"rows":[]}"""));
    }

    [TestCase(null, "\"shelves\"")]
    [TestCase("all", "\"shelves\"")]
    [TestCase("core", "\"shelves\"")]
    [TestCase("floor", "\"shelves (at /mcp/all)\"")]
    public async Task Run_ToolOfAnotherAddress_IsNamedWithIt(string? profile, string expected)
    {
        var plan = Shelves.Replace("\"shops.name\"", "{\"tool\":\"shelves\"}", StringComparison.Ordinal);
        var call = TwoShops;
        call.Profile = profile;
        var answer = await call.RunAsync(plan);
        Assert.That(answer.GetProperty("shelves").GetProperty("rows")[0][0].GetRawText(), Is.EqualTo(expected));
    }

    [TestCase("""{"data":[]}""", 2, Description = "nothing was found, so the other list is read")]
    [TestCase("""{"data":[{"item":"a"}]}""", 1)]
    public async Task Run_StepIfAnotherFoundNothing_IsTakenOnlyThen(string found, int calls)
    {
        const string plan = """
            {"steps":{
              "first":{"call":"shelves","with":{"shop":{"value":1}},"rows":"data"},
              "second":{"call":"batches","with":{"shop":{"value":1}},"rows":"data","ifEmpty":["first"]}},
             "result":{"all":{"rows":[{"of":"first","columns":{"item":"first.item"}},{"of":"second","columns":{"item":"second.item"}}]}}}
            """;
        var call = new ComposedCall()
            .Answer("""shelves {"shop":1}""", found)
            .Answer("""batches {"shop":1}""", """{"data":[{"item":"b"}]}""");
        await call.RunAsync(plan);
        Assert.That(call.Sent, Has.Count.EqualTo(calls));
    }

    private static IEnumerable<string> Missing(JsonElement answer)
    {
        Assert.That(answer.GetProperty("complete").GetBoolean(), Is.False);
        return answer.GetProperty("missing").EnumerateArray().Select(sentence => sentence.GetString()!);
    }
}
