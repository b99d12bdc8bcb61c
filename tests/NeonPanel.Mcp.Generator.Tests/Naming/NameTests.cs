using NeonPanel.Mcp.Generator.Naming;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Naming;

/// <summary>The names of types, arguments and methods. The hashes are those of <c>sha256sum</c>.</summary>
internal sealed class NameTests
{
    [TestCase("per_page", "PerPage")]
    [TestCase("perPage", "PerPage")]
    [TestCase("Größe", "Grosse")]
    [TestCase("café au lait", "CafeAuLait")]
    [TestCase("cafe\u0301s", "Cafes", Description = "a mark does not begin a word")]
    [TestCase("ﬁle", "File", Description = "compatibility decomposition")]
    [TestCase("2fa code", "N2faCode")]
    [TestCase("a1b2", "A1b2")]
    [TestCase("--a--b--", "AB")]
    [TestCase("列表", "NAEDD68")]
    [TestCase("a\ud800b", "AB", Description = "half of a character")]
    public void Identifier_OfAnyText_IsPascalCase(string text, string expected) =>
        Assert.That(Identifier.Pascal(text), Is.EqualTo(expected));

    [Test]
    public void Identifier_LongerThanAHundred_EndsInAHash()
    {
        Assert.That(Identifier.Pascal(new string('a', 100)), Is.EqualTo("A" + new string('a', 99)));
        Assert.That(Identifier.Pascal(new string('a', 101)), Is.EqualTo("A" + new string('a', 93) + "9D0793"));
    }

    [TestCase("per_page", "per_page")]
    [TestCase("X-Rate.Limit", "X-Rate.Limit")]
    [TestCase("a b  c", "a_b_c")]
    [TestCase("filter[name]", "filter_name")]
    [TestCase("$top", "top")]
    [TestCase("_a_", "_a_", Description = "legal as it is")]
    [TestCase("列表", "value_aedd68")]
    public void Argument_Name_IsMadeLegal(string name, string expected) =>
        Assert.That(ArgumentNames.Take([], name, "Query"), Is.EqualTo(expected));

    [Test]
    public void Argument_LongName_IsCutToSixtyFourWithAHash()
    {
        Assert.That(ArgumentNames.Take([], new string('n', 64), "Query"), Is.EqualTo(new string('n', 64)));
        Assert.That(ArgumentNames.Take([], new string('n', 65), "Query"), Is.EqualTo(new string('n', 57) + "_1e3fb6"));
    }

    // The place of a parameter tells two of one name apart, and a hash tells apart what even that does not.
    [Test]
    public void Argument_NameThatIsTaken_HasItsPlaceAndThenAHash()
    {
        var taken = new HashSet<string>();
        Assert.That(
            new[] { ("a[b]", "Query"), ("a_b", "Header"), ("a[b]", "Header"), ("a.[b", "Header") }.Select(parameter =>
                ArgumentNames.Take(taken, parameter.Item1, parameter.Item2)
            ),
            Is.EqualTo(new[] { "a_b", "header_a_b", "header_a_b_26974b", "a._b" })
        );
        Assert.That(taken, Has.Count.EqualTo(4));
    }

    // Both move on together, so that the order of the operations decides nothing.
    [Test]
    public void Assign_NameThatTwoWant_GoesToNeither()
    {
        (string, IReadOnlyList<string>)[] wanted =
        [
            ("one", ["x", "x1"]),
            ("two", ["x", "x2"]),
            ("three", ["y", "y3"]),
            ("four", ["reserved", "z"]),
            ("five", ["X1", "x5"]),
        ];
        var expected = new Dictionary<string, string>
        {
            ["one"] = "x1",
            ["two"] = "x2",
            ["three"] = "y",
            ["four"] = "z",
            ["five"] = "X1",
        };
        Assert.That(
            NameAssignment.Assign(wanted, name => name == "reserved", StringComparer.Ordinal),
            Is.EquivalentTo(expected)
        );
        Assert.That(
            NameAssignment.Assign(wanted.Reverse(), name => name == "reserved", StringComparer.Ordinal),
            Is.EquivalentTo(expected)
        );
        // Where case does not count, two names are one.
        Assert.That(
            NameAssignment.Assign(wanted, name => name == "reserved", StringComparer.OrdinalIgnoreCase)["five"],
            Is.EqualTo("x5")
        );
    }

    [Test]
    public void Assign_CandidatesUsedUp_KeepsTheLast() =>
        Assert.That(
            NameAssignment.Assign(
                [("one", ["a"]), ("two", (IReadOnlyList<string>)["a"])],
                _ => false,
                StringComparer.Ordinal
            ),
            Is.EquivalentTo(new Dictionary<string, string> { ["one"] = "a", ["two"] = "a" })
        );

    // Dice's coefficient of the pairs of neighboring letters, the ends counted: at least a third.
    [TestCase("serach", "search,vendor", "search")]
    [TestCase("venodr_id", "vendor_id,vendor", "vendor_id")]
    [TestCase("PAGE", "page", "page")]
    [TestCase("xyz", "search,vendor", null)]
    [TestCase("ab", "ac,ad", "ac", Description = "equally near: the first in ordinal order")]
    [TestCase("ab", "ad,ac", "ac")]
    [TestCase("a", "a", "a")]
    public void Nearest_OfKnownNames_IsTheOneThatWasMeant(string name, string known, string? expected) =>
        Assert.That(NearestMember.Find(name, known.Split(',')), Is.EqualTo(expected));

    [TestCase("serach", "vendor,search", "; did you mean 'search'?")]
    [TestCase("xyz", "vendor,search", "; there are search, vendor")]
    [TestCase("xyz", "", "; there are none")]
    public void Hint_ForAnUnknownName_NamesTheNearestOrAll(string name, string known, string expected) =>
        Assert.That(NameHint.Of(name, known.Split(',', StringSplitOptions.RemoveEmptyEntries)), Is.EqualTo(expected));

    [TestCase("vendor_id", "vendor", "id", "vendor_")]
    [TestCase("vendorId", "vendor", "id", "vendor")]
    [TestCase("vendorID", "vendor", "id", "vendor")]
    [TestCase("company-uuid", "company", "uuid", "company-")]
    [TestCase("CompanyGuid", "company", "guid", "Company")]
    [TestCase("parent_vendor_id", "parentvendor", "id", "parent_vendor_")]
    [TestCase("id", "", "id", "")]
    [TestCase("paid", null, null, null)]
    [TestCase("vendor_idx", null, null, null)]
    [TestCase("Id", null, null, null)]
    public void Id_InAName_HasItsNounAndStem(string name, string? noun, string? kind, string? stem) =>
        Assert.That(IdName.Read(name), Is.EqualTo(noun is null ? null : new IdName(noun, kind!, stem!)));

    [TestCase("Call bills_list, then getBill.", new[] { "bills_list", "getBill" })]
    [TestCase("Use the search.", new string[0])]
    [TestCase("bills_list2 is another", new string[0])]
    [TestCase("getBill, bills_list and getBill", new[] { "bills_list", "getBill" })]
    public void Mention_OfATool_IsItsWholeName(string text, string[] expected) =>
        Assert.That(ToolMentions.In(text, ["search", "getBill", "bills_list"]), Is.EqualTo(expected));

    [TestCase("", false)]
    [TestCase("a_b.c-D1", true)]
    [TestCase("a b", false)]
    [TestCase("ä", false)]
    public void Member_Name_IsAcceptedByClientsOrNot(string name, bool expected) =>
        Assert.That(PropertyName.IsAccepted(name), Is.EqualTo(expected));

    [TestCase("", false)]
    [TestCase("a_b-D1", true)]
    [TestCase("a.b", false)]
    public void Tool_Name_IsLegalOrNot(string name, bool expected) =>
        Assert.That(ToolNames.IsLegal(name), Is.EqualTo(expected));

    [TestCase(64, true)]
    [TestCase(65, false)]
    public void Names_OfMembersAndTools_HaveAtMostSixtyFourCharacters(int length, bool expected) =>
        Assert.That(
            (PropertyName.IsAccepted(new string('a', length)), ToolNames.IsLegal(new string('a', length))),
            Is.EqualTo((expected, expected))
        );

    // The name of 64 characters stays whole. A longer one is cut at a word in its second half, or else in a word.
    [TestCase("")]
    [TestCase("q")]
    public void Tool_NameWithoutWords_IsCutAnywhere(string more)
    {
        var name = ToolNames.Candidates("GET", "/x", new string('q', 64) + more)[0];
        Assert.That(name, more.Length == 0 ? Is.EqualTo(new string('q', 64)) : Does.Match("^q{57}_[0-9a-f]{6}$"));
    }

    [Test]
    public void Tool_LongNameInCamelCase_IsCutBeforeAWord() =>
        Assert.That(
            ToolNames.Candidates("GET", "/x", new string('q', 40) + "RemoveFulfillmentPlacesOfBranch")[0],
            Does.Match("^q{40}RemoveFulfillment_[0-9a-f]{6}$")
        );

    [TestCase("POST", "/", null, new[] { "post_7571cc", "post_7571cc" })]
    [TestCase("GET", "/a/{b}", "x", new[] { "x", "get_a_b" })]
    public void Tool_Candidates_EndWithAHash(string method, string path, string? id, string[] first)
    {
        var candidates = ToolNames.Candidates(method, path, id);
        Assert.That(candidates.Take(2), Is.EqualTo(first));
        Assert.That(candidates[^1], Does.Match("_[0-9a-f]{6}$"));
    }

    [Test]
    public void Client_Names_DependOnTagAndIdOnly()
    {
        var names = ClientNaming.Assign([
            new("GET", "/bills", "bills.list", "Bills"),
            new("GET", "/bills/raw", "bills.list_raw", "Bills"),
            new("POST", "/bills", "bills.prepare", "bills"),
            new("GET", "/x", null, null),
            new("GET", "/http", "vendors.http", "Http"),
        ]);
        Assert.That(
            names.ToDictionary(pair => pair.Key.Method + " " + pair.Key.Path, pair => pair.Value),
            Is.EquivalentTo(
                new Dictionary<string, (string, string)>
                {
                    ["GET /bills"] = ("BillsClient", "List"),
                    ["GET /bills/raw"] = ("BillsClient", "GetBillsRaw"),
                    ["POST /bills"] = ("BillsClient", "PostBills"),
                    ["GET /x"] = ("DefaultClient", "GetX"),
                    ["GET /http"] = ("HttpApiClient", "VendorsHttp"),
                }
            )
        );
    }
}
