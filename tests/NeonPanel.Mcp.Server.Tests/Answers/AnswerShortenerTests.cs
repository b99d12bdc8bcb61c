using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>Rule D7: whole items are left out, never half a value, and the notice says how many and how to go
/// on.</summary>
internal sealed class AnswerShortenerTests
{
    private const int Limit = 3000;
    private static readonly System.Text.Json.JsonElement NoArguments = System.Text.Json.JsonElement.Parse("{}");
    private static readonly ToolDescriptor Bills = Tool("bills_list");

    [Test]
    public void Shorten_AnswerWithinTheLimit_KeepsItsBytes()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('ü', Limit - 100)}}"}""");
        Assert.That(json, Has.Length.GreaterThan(Limit), "more bytes than characters");
        var notes = new List<string>();
        Assert.That(Shorten(Bills, json, notes).ToArray(), Is.EqualTo(json));
        Assert.That(notes, Is.Empty);
    }

    [Test]
    public void Shorten_PagedList_KeepsWholeItemsAndTellsThePageThatContinues()
    {
        var (answer, note) = Shorten(Bills, Page(current: 2, size: 40, items: 40, itemChars: 100));
        var data = answer["data"]!.AsArray();
        Assert.That(data, Has.Count.InRange(1, 39));
        Assert.That(
            data.Select(item => item!["id"]!.GetValue<int>()),
            Is.EqualTo(Enumerable.Range(0, data.Count)),
            "the first ones, in order"
        );
        Assert.That(note, Does.Contain($"first {data.Count} of 40 items of data"));
        Assert.That(answer["notice"]!.ToString(), Is.EqualTo(note));
        // 40 items stand on the page before; the page that is named must begin at or before the first item left out.
        var (page, size) = Continuation(note);
        Assert.That((page - 1) * size, Is.LessThanOrEqualTo(40 + data.Count));
        Assert.That(page * size, Is.GreaterThan(40 + data.Count));
        Assert.That(size, Is.LessThanOrEqualTo(data.Count));
    }

    [Test]
    public void Shorten_FewerItemsThanTheSmallestPage_AsksForFieldsInstead()
    {
        // listCompanies takes 10 to 60 a page; only two of these fit.
        var (answer, note) = Shorten(Tool("listCompanies"), Page(current: 1, size: 30, items: 30, itemChars: 900));
        Assert.That(answer["data"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(note, Does.Contain("'fields'").And.Not.Contain("page="));
    }

    [Test]
    public void Shorten_ListInsideTheOnlyItem_IsCutThere()
    {
        var inner = string.Join(
            ',',
            Enumerable.Range(0, 50).Select(number => $$"""{"n":{{number}},"t":"{{new string('x', 90)}}"}""")
        );
        var (answer, note) = Shorten(
            Bills,
            $$"""{"details":[{"document":{"ref":"A"},"details":[{{inner}}]}],"currency":"USD"}"""
        );
        Assert.That(answer["details"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(answer["details"]![0]!["document"]!["ref"]!.ToString(), Is.EqualTo("A"));
        Assert.That(answer["details"]![0]!["details"]!.AsArray(), Has.Count.InRange(1, 49));
        Assert.That(note, Does.Contain("of 50 items of details[0].details"));
    }

    [Test]
    public void Shorten_OneHugeText_LeavesTheMemberOutAndNamesIt()
    {
        var (answer, note) = Shorten(Bills, $$"""{"first":1,"huge":"{{new string('x', 5000)}}","last":2}""");
        Assert.That(answer.ContainsKey("huge"), Is.False);
        Assert.That((answer["first"]!.GetValue<int>(), answer["last"]!.GetValue<int>()), Is.EqualTo((1, 2)));
        Assert.That(note, Does.Contain("Left out for their size: huge."));
    }

    [TestCase("data", "of data ")]
    [TestCase("", "of the answer ")]
    public void Shorten_TableByKey_IsCutAsAListIs(string member, string expected)
    {
        var table = $"{{{string.Join(", ", Enumerable.Range(0, 2000).Select(key => $"\"k{key}\": [{key}]"))}}}";
        var (answer, note) = Shorten(Bills, member.Length == 0 ? table : $$"""{"data":{{table}},"z":1}""");
        var rows = (member.Length == 0 ? answer : answer[member]!.AsObject())
            .Where(row => row.Key != "notice")
            .ToList();
        Assert.That(rows, Has.Count.InRange(100, 300));
        Assert.That(
            rows.Select(row => $"{row.Key}{row.Value!.ToJsonString()}"),
            Is.EqualTo(Enumerable.Range(0, rows.Count).Select(key => $"k{key}[{key}]")),
            "the first ones, whole"
        );
        Assert.That(note, Does.StartWith($"Only the first {rows.Count} of 2000 items {expected}"));
        Assert.That(answer.ContainsKey("z"), Is.EqualTo(member.Length > 0));
    }

    [Test]
    public void Shorten_MemberCalledNotice_IsNotOverwritten()
    {
        var (answer, note) = Shorten(
            Bills,
            $$"""{"notice":"mine","data":["{{new string('x', 2000)}}","{{new string('y', 2000)}}"]}"""
        );
        Assert.That(answer["notice"]!.ToString(), Is.EqualTo("mine"));
        Assert.That(answer["_notice"]!.ToString(), Is.EqualTo(note));
    }

    [Test]
    public void Shorten_AnyAnswer_IsValidAndWithinTheLimitAndHoldsOnlyWholeValues([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var original = (JsonObject)Generate(random, depth: 0)!;
        original["filler"] = new JsonArray([
            .. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Generate(random, 2)),
        ]);
        original["pad"] = new string('é', random.Next(0, 4000));
        var json = original.ToJsonString();
        var notes = new List<string>();
        var shortened = Shorten(Bills, Encoding.UTF8.GetBytes(json), notes);
        var text = Encoding.UTF8.GetString(shortened.Span);
        Assert.That(text.Length, Is.LessThanOrEqualTo(Math.Max(Limit, json.Length <= Limit ? json.Length : 0)));
        var rest = (JsonObject)JsonNode.Parse(text)!;
        rest.Remove("notice");
        Assert.That(IsPartOf(rest, original), Is.True, text);
    }

    // Fewer characters than bytes: it is characters that are counted.
    [TestCase('中')]
    [TestCase('ж')]
    public void Shorten_OtherScripts_AreWithinTheLimitAndNotFarBelow(char letter)
    {
        var json = $$"""{"data":[{{string.Join(',', Enumerable.Repeat($"\"{new string(letter, 100)}\"", 200))}}]}""";
        var notes = new List<string>();
        var text = Encoding.UTF8.GetString(Shorten(Bills, Encoding.UTF8.GetBytes(json), notes).Span);
        Assert.That(text, Has.Length.InRange(Limit - 800, Limit));
    }

    // Names come from the API as well: the notice, and what is left around it, have a limit whatever they are.
    [Test]
    public void Shorten_AnyNames_StayWithinTheLimit([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var json = OfLongNames(random, depth: 0)!.ToJsonString();
        if (json.Length <= Limit)
        {
            json = $$"""{"{{new string('n', random.Next(0, 5000))}}":{{json}},"pad":["{{new string('ж', Limit)}}"]}""";
        }

        var notes = new List<string>();
        var text = Encoding.UTF8.GetString(Shorten(Bills, Encoding.UTF8.GetBytes(json), notes).Span);
        Assert.That(text, Has.Length.LessThanOrEqualTo(Limit));
        Assert.That(notes.Single(), Has.Length.LessThanOrEqualTo(700));
        Assert.That(JsonNode.Parse(text)!["notice"]!.ToString(), Is.EqualTo(notes.Single()));
    }

    [Test]
    public void Shorten_OneNameOfAMegabyte_IsABoundedAnswer()
    {
        var members = string.Join(
            ',',
            Enumerable.Range(0, 900).Select(index => $"\"m{index}\":\"{new string('x', 300)}\"")
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (answer, note) = Shorten(Bills, $$"""{"{{new string('p', 1_000_000)}}":{{{members}}},"z":1}""");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(30_000_000));
        Assert.That(answer["z"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(
            note,
            Does.StartWith($"Left out for their size: {new string('p', 64)}….")
                .And.EndWith("Name the members you need in 'fields'.")
        );
    }

    [Test]
    public void Shorten_PerPageThatWasSentAsNull_IsNoFault() =>
        Assert.That(
            AnswerShortener
                .Shorten(
                    Bills,
                    System.Text.Json.JsonElement.Parse("""{"per_page":null}"""),
                    Bytes,
                    AnswerOutline.Read(Bytes),
                    Limit,
                    []
                )
                .Length,
            Is.LessThanOrEqualTo(Limit)
        );

    private static byte[] Bytes { get; } =
        Encoding.UTF8.GetBytes($$"""{"data":["{{new string('x', 2000)}}","{{new string('y', 2000)}}"]}""");

    [TestCase("a\nb\nc\n", 5, "a\n")]
    [TestCase("a\nb\nc\n", 6, "a\nb\n")]
    [TestCase("a\nb\nc\n", 9, "a\nb\nc\n")]
    [TestCase("\"\"\"\n\n", 8, "\"\"\"\n")]
    [TestCase("no line end in here", 10, "")]
    public void ShortenLines_Text_IsCountedAsJson(string text, int maxChars, string expected)
    {
        var notes = new List<string>();
        Assert.That(AnswerShortener.ShortenLines(text, maxChars, notes), Is.EqualTo(expected));
        Assert.That(notes, Has.Count.EqualTo(expected == text ? 0 : 1));
    }

    [Test]
    public void ShortenLines_LongText_EndsWithAWholeLine()
    {
        var notes = new List<string>();
        var text = AnswerShortener.ShortenLines("id,name\n1,aaaa\n2,bbbb\n3,cccc", 20, notes);
        Assert.That(text, Is.EqualTo("id,name\n1,aaaa\n"));
        Assert.That(notes.Single(), Does.Contain("first 2 of 4 lines"));
    }

    private static ToolDescriptor Tool(string name) =>
        GeneratedCatalog.Create().TryGet(name, out var tool) ? tool : throw new ArgumentException(name);

    private static (JsonObject Answer, string Note) Shorten(ToolDescriptor tool, string json)
    {
        var notes = new List<string>();
        var shortened = Shorten(tool, Encoding.UTF8.GetBytes(json), notes);
        var text = Encoding.UTF8.GetString(shortened.Span);
        Assert.That(text, Has.Length.LessThanOrEqualTo(Limit));
        return ((JsonObject)JsonNode.Parse(text)!, notes.Single());
    }

    private static string Page(int current, int size, int items, int itemChars) =>
        $$"""{"current_page":{{current}},"per_page":{{size}},"last_page":9,"data":[{{string.Join(",\n", Enumerable.Range(0, items).Select(id => $$"""{"id":{{id}},"t":"{{new string('x', itemChars)}}"}"""))}}]}""";

    private static (int Page, int Size) Continuation(string note)
    {
        var words = note.Split([' ', '.', ','], StringSplitOptions.RemoveEmptyEntries);
        return (Number("page="), Number("per_page="));

        int Number(string name) =>
            int.Parse(words.Single(word => word.StartsWith(name, StringComparison.Ordinal))[name.Length..], null);
    }

    private static JsonNode? Generate(Random random, int depth) =>
        (depth == 0 ? 0 : random.Next(depth > 3 ? 4 : 6)) switch
        {
            0 or 4 when depth < 4 => new JsonObject(
                Enumerable
                    .Range(0, random.Next(0, 6))
                    .Select(index => KeyValuePair.Create("m" + index, Generate(random, depth + 1)))
            ),
            5 => new JsonArray([.. Enumerable.Range(0, random.Next(0, 8)).Select(_ => Generate(random, depth + 1))]),
            1 => JsonValue.Create(random.Next()),
            2 => JsonValue.Create(new string('s', random.Next(0, 300))),
            3 => JsonValue.Create("ü\"\\" + random.Next()),
            _ => null,
        };

    private static JsonNode? OfLongNames(Random random, int depth) =>
        (depth == 0 ? 0 : random.Next(depth > 3 ? 3 : 5)) switch
        {
            0 or 4 when depth < 4 => new JsonObject(
                Enumerable
                    .Range(0, random.Next(1, 8))
                    .Select(index =>
                        KeyValuePair.Create(
                            $"{index}"
                                + new string(
                                    "n\"\\.ж中\u0001"[random.Next(7)],
                                    random.Next(3) == 0 ? random.Next(0, 3000) : 3
                                ),
                            OfLongNames(random, depth + 1)
                        )
                    )
            ),
            3 => new JsonArray([.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => OfLongNames(random, depth + 1))]),
            1 => JsonValue.Create(random.Next()),
            _ => JsonValue.Create(new string("s\"ж\u0001"[random.Next(4)], random.Next(0, 800))),
        };

    // The part that is left of a list is its beginning; of an object, some of its members. Any other value is whole.
    private static bool IsPartOf(JsonNode? part, JsonNode? whole) =>
        (part, whole) switch
        {
            (JsonObject some, JsonObject all) => some.All(member =>
                all.ContainsKey(member.Key) && IsPartOf(member.Value, all[member.Key])
            ),
            (JsonArray some, JsonArray all) => some.Count <= all.Count
                && some.Select((item, index) => IsPartOf(item, all[index])).All(isPart => isPart),
            _ => JsonNode.DeepEquals(part, whole),
        };

    private static ReadOnlyMemory<byte> Shorten(ToolDescriptor tool, byte[] json, List<string> notes)
    {
        var outline = AnswerOutline.Read(json);
        var shortened = AnswerShortener.Shorten(tool, NoArguments, json, outline, Limit, notes);
        return NoticedAnswer.Of(new(null, shortened, false) { Notes = notes, HasOwnNotice = outline.Has("notice") });
    }
}
