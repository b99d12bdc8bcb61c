using System.Collections;
using NeonPanel.Mcp.Server.Calls.Names;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Names;

/// <summary>The things that a name means, and the part of the list that the search goes through to find them.</summary>
internal sealed class NamedListTests
{
    private static readonly string[] Letters = ["a", "A", "b", "B", "\u00e9", "\u00c9", "\u0130"];

    // The judge is the definition: by value or its very letters, else by its letters in any case; each value once, in
    // the order of the list.
    [Test]
    public void Find_AnyList_IsWhatTheDefinitionSays()
    {
        var random = new Random(20261129);
        for (var round = 0; round < 300; round++)
        {
            var things = Enumerable
                .Range(0, random.Next(12))
                .Select(_ => new NamedThing(
                    Any(random),
                    [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Any(random))]
                ))
                .ToList();
            var list = new NamedList(things);
            foreach (var name in Letters.SelectMany(first => Letters.Select(second => first + second)).Concat(Letters))
            {
                var exact = things
                    .Where(thing => thing.Value == name || thing.Names.Contains(name))
                    .DistinctBy(thing => thing.Value)
                    .ToList();
                var expected =
                    exact.Count > 0
                        ? exact
                        : things
                            .Where(thing => thing.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
                            .DistinctBy(thing => thing.Value)
                            .ToList();
                Assert.That(list.Find(name), Is.EqualTo(expected));
            }
        }
    }

    [Test]
    public void Find_OneName_GoesThroughThoseOfThatNameAlone()
    {
        var things = new CountedList([
            .. Enumerable.Range(0, 2500).Select(index => new NamedThing($"{index}", [$"Company {index}", $"C{index}"])),
        ]);
        var list = new NamedList(things);
        things.Reads = 0;
        Assert.That(list.Find("company 7").Single().Value, Is.EqualTo("7"));
        Assert.That(list.Find("nobody"), Is.Empty);
        Assert.That(things.Reads, Is.LessThan(10));
    }

    private static string Any(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Letters[random.Next(Letters.Length)]));

    private sealed class CountedList(IReadOnlyList<NamedThing> things) : IReadOnlyList<NamedThing>
    {
        public int Reads { get; set; }

        public int Count => things.Count;

        public NamedThing this[int index]
        {
            get
            {
                Reads++;
                return things[index];
            }
        }

        public IEnumerator<NamedThing> GetEnumerator() =>
            Enumerable.Range(0, things.Count).Select(index => this[index]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
