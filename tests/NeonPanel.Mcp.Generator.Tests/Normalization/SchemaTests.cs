using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Normalization;

/// <summary>The form of a schema that clients see (rules C1 to C4).</summary>
internal sealed class SchemaTests
{
    [TestCase("{\"type\":[\"string\",\"null\"]}", "{\"type\":\"string\",\"description\":\"Nullable.\"}")]
    [TestCase(
        "{\"anyOf\":[{\"type\":\"integer\",\"minimum\":1},{\"type\":\"null\"}]}",
        "{\"type\":\"integer\",\"description\":\"Nullable.\",\"minimum\":1}"
    )]
    [TestCase("{\"const\":\"a\"}", "{\"type\":\"string\",\"enum\":[\"a\"]}")]
    [TestCase(
        "{\"oneOf\":[{\"const\":\"a\",\"title\":\"First\"},{\"const\":\"b\",\"title\":\"Second\"}]}",
        "{\"type\":\"string\",\"description\":\"One of: (1) First; (2) Second.\",\"enum\":[\"a\",\"b\"]}"
    )]
    [TestCase(
        "{\"type\":\"string\",\"not\":{\"enum\":[\"x\",\"y\"]}}",
        "{\"type\":\"string\",\"description\":\"Not \\u0022x\\u0022 or \\u0022y\\u0022.\"}"
    )]
    [TestCase(
        "{\"prefixItems\":[{\"type\":\"string\"},{\"type\":\"string\"}],\"items\":false}",
        "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"description\":\"In this order: string, string.\"}}"
    )]
    [TestCase("true", "{\"description\":\"Any value.\"}")]
    [TestCase("{}", "{\"description\":\"Any value.\"}")]
    [TestCase("{\"type\":\"array\"}", "{\"type\":\"array\",\"items\":{\"description\":\"Any value.\"}}")]
    [TestCase(
        "{\"enum\":[\"a\",{\"x\":1}]}",
        "{\"description\":\"Type: string or object.\",\"enum\":[\"a\",{\"x\":1}]}"
    )]
    [TestCase("{\"const\":{\"x\":1}}", "{\"type\":\"object\",\"enum\":[{\"x\":1}]}")]
    [TestCase("{\"type\":\"string\",\"pattern\":\"([a-z\"}", "{\"type\":\"string\"}")]
    [TestCase("{\"type\":\"string\",\"pattern\":\"(?i)^a$\"}", "{\"type\":\"string\"}")]
    [TestCase("{\"type\":\"string\",\"pattern\":\"\\\\Aa\\\\z\"}", "{\"type\":\"string\"}")]
    [TestCase(
        "{\"type\":\"string\",\"pattern\":\"^\\\\(?a(?=b)(?<n>c)$\"}",
        "{\"type\":\"string\",\"pattern\":\"^\\\\(?a(?=b)(?\\u003Cn\\u003Ec)$\"}"
    )]
    [TestCase(
        "{\"type\":\"object\",\"patternProperties\":{\"^a\":{\"type\":\"integer\"}},\"additionalProperties\":false}",
        "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}"
    )]
    [TestCase("{\"type\":[\"string\",\"integer\"]}", "{\"description\":\"Type: string or integer.\"}")]
    public void Member_Keyword_IsToldAsClientsAccept(string schema, string expected) =>
        Assert.That(Fragments.Member(schema).ToJsonString(), Is.EqualTo(expected));

    [Test]
    public void Member_SchemaFalse_IsToldToNobody() =>
        Assert.That(
            Fragments.Body("""{"type":"object","properties":{"no":false,"yes":true}}""").InputSchema["properties"]!
                .AsObject()
                .Select(pair => pair.Key),
            Is.EqualTo(new[] { "yes" })
        );

    // OpenAPI 3.0: siblings of $ref are ignored; 3.1: they apply.
    [TestCase("3.0.3", "{\"type\":\"string\",\"maxLength\":9}")]
    [TestCase("3.1.0", "{\"type\":\"string\",\"maxLength\":3}")]
    public void Member_SiblingsOfAReference_ApplyFrom31On(string version, string expected) =>
        Assert.That(
            Fragments
                .Member(
                    """{"$ref":"#/components/schemas/S","maxLength":3}""",
                    """{"S":{"type":"string","maxLength":9}}""",
                    version
                )
                .ToJsonString(),
            Is.EqualTo(expected)
        );

    [Test]
    public void Member_UnionOfObjects_HasTheMembersOfAll()
    {
        var member = Fragments.Member(
            """
            {"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"discriminator":{"propertyName":"kind"}}
            """,
            """
            {"Cat":{"type":"object","required":["kind","purrs"],"properties":{"kind":{"const":"cat"},"purrs":{"type":"boolean"}}},
             "Dog":{"type":"object","required":["kind"],"properties":{"kind":{"const":"dog"},"barks":{"type":"boolean"}}}}
            """
        );
        Assert.That(
            member["properties"]!.AsObject().Select(pair => pair.Key),
            Is.EqualTo(new[] { "kind", "purrs", "barks" })
        );
        Assert.That(member["properties"]!["kind"]!["enum"]!.ToJsonString(), Is.EqualTo("[\"cat\",\"dog\"]"));
        Assert.That(member["required"]!.ToJsonString(), Is.EqualTo("[\"kind\"]"));
        Assert.That(
            member["description"]!.ToString(),
            Is.EqualTo("One of: (1) an object with kind, purrs; (2) an object with kind, barks.")
        );
    }

    // The form that generators of 3.0 write: a base with a discriminator, and schemas that are built on it.
    [TestCase("\"mapping\":{\"tom\":\"#/components/schemas/Cat\",\"pet\":\"Pet\"},", "What. One of: tom, pet, Dog.")]
    [TestCase("", "What. One of: Cat, Dog.")]
    public void Body_BaseWithADiscriminator_TakesTheMembersOfItsForms(string mapping, string expected)
    {
        var input = Fragments
            .Body(
                """{"$ref":"#/components/schemas/Pet"}""",
                """
                {"Pet":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","description":"What"}},"discriminator":{MAPPING"propertyName":"kind"}},
                 "Cat":{"allOf":[{"$ref":"#/components/schemas/Pet"},{"required":["purrs"],"properties":{"purrs":{"type":"boolean"},"friend":{"$ref":"#/components/schemas/Pet"}}}]},
                 "Dog":{"allOf":[{"$ref":"#/components/schemas/Pet"}],"required":["barks"],"properties":{"barks":{"type":"boolean"}}}}
                """.Replace("MAPPING", mapping, StringComparison.Ordinal),
                "3.0.3"
            )
            .InputSchema["properties"]!.AsObject();
        Assert.That(input.Select(pair => pair.Key), Is.EqualTo(new[] { "kind", "purrs", "friend", "barks" }));
        Assert.That(input["kind"]!["description"]!.ToString(), Is.EqualTo(expected));
        Assert.That(input["friend"]!["properties"]!.AsObject().Select(pair => pair.Key), Is.EqualTo(new[] { "kind" }));
    }

    // Rule E2: the schemas of a document have no order.
    [Test]
    public void Body_FormsOfADiscriminator_AreToldInOneOrder()
    {
        string[] forms = ["Zone", "Area", "Mass"];
        var texts = new[] { forms, [.. forms.Reverse()] }
            .Select(names =>
                Fragments
                    .Body(
                        """{"$ref":"#/components/schemas/Plan"}""",
                        """{"Plan":{"type":"object","properties":{"kind":{"type":"string"}},"discriminator":{"propertyName":"kind"}},"""
                            + string.Join(
                                ',',
                                names.Select(name =>
                                    """  "NAME":{"allOf":[{"$ref":"#/components/schemas/Plan"},{"properties":{"NAME":{"type":"string"}}}]}""".Replace(
                                        "NAME",
                                        name,
                                        StringComparison.Ordinal
                                    )
                                )
                            )
                            + "}"
                    )
                    .InputSchema.ToJsonString()
            )
            .ToList();
        Assert.That(texts[0], Does.Contain("One of: Area, Mass, Zone."));
        Assert.That(texts[1], Is.EqualTo(texts[0]));
    }

    [Test]
    public void Body_OneFormOfAFamily_HasNoMembersOfTheOthers() => Assert.That(Fragments
                .Body(
                    """{"$ref":"#/components/schemas/Cat"}""",
                    """
                    {"Pet":{"type":"object","properties":{"kind":{"type":"string"}},"discriminator":{"propertyName":"kind"}},
                     "Cat":{"allOf":[{"$ref":"#/components/schemas/Pet"},{"properties":{"purrs":{"type":"boolean"}}}]},
                     "Dog":{"allOf":[{"$ref":"#/components/schemas/Pet"},{"properties":{"barks":{"type":"boolean"}}}]}}
                    """
                )
                .InputSchema["properties"]!.AsObject().Select(pair => pair.Key), Is.EqualTo(new[] { "kind", "purrs" }));

    // OpenAPI 3.0.4, "Schema Object": 'required' of what is readOnly counts for answers alone.
    [Test]
    public void Members_ReadOnlyAndWriteOnly_AreToldInTheirDirectionAlone()
    {
        const string schema = """{"$ref":"#/components/schemas/S"}""";
        var tool = Fragments
            .Paths(
                "{\"/a\":{\"post\":{\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":"
                    + schema
                    + "}}},"
                    + "\"responses\":{\"200\":{\"content\":{\"application/json\":{\"schema\":"
                    + schema
                    + "}}}}}}}",
                """
                {"S":{"type":"object","required":["id","secret","name"],"properties":{"id":{"$ref":"#/components/schemas/Id"},"secret":{"type":"string","writeOnly":true},"name":{"type":"string"},
                  "inner":{"type":"object","properties":{"at":{"type":"string","readOnly":true},"pin":{"type":"string","writeOnly":true}}}}},
                 "Id":{"type":"integer","readOnly":true}}
                """
            )
            .Catalog.Tools.Single();
        Assert.That(tool.InputSchema["required"]!.ToJsonString(), Is.EqualTo("[\"secret\",\"name\"]"));
        Assert.That(Names(tool.InputSchema), Is.EqualTo(new[] { "secret", "name", "inner" }));
        Assert.That(Names(tool.InputSchema["properties"]!["inner"]!), Is.EqualTo(new[] { "pin" }));
        Assert.That(Names(tool.OutputSchema), Is.EqualTo(new[] { "id", "name", "inner" }));
        Assert.That(Names(tool.OutputSchema["properties"]!["inner"]!), Is.EqualTo(new[] { "at" }));

        static IEnumerable<string> Names(JsonNode node) => node["properties"]!.AsObject().Select(pair => pair.Key);
    }

    [Test]
    public void Output_AllowedValuesThatAreObjects_StandInOneLine() =>
        Assert.That(
            Fragments
                .Paths(
                    """{"/a":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"type":"object","properties":{"m":{"enum":["a",{"b":[1]}]}}}}}}}}}}"""
                )
                .Catalog.Tools.Single()
                .OutputSchema["properties"]!["m"]!["description"]!.ToString(),
            Is.EqualTo("a | {\"b\":[1]}")
        );

    // OpenAPI 3.1.1, "Encoding Object": contentMediaType is the part's type, unless the encoding names another.
    [TestCase("{\"type\":\"string\",\"contentMediaType\":\"image/png\"}", "", true, "image/png")]
    [TestCase(
        "{\"type\":\"array\",\"items\":{\"contentMediaType\":\"application/octet-stream\"}}",
        "",
        true,
        "application/octet-stream"
    )]
    [TestCase(
        "{\"type\":\"string\",\"contentMediaType\":\"image/png\"}",
        "\"contentType\":\"image/gif\"",
        true,
        "image/gif"
    )]
    [TestCase("{\"type\":\"string\",\"contentMediaType\":\"text/csv\"}", "", false, "text/csv")]
    [TestCase(
        "{\"type\":\"string\",\"contentMediaType\":\"image/png\",\"contentEncoding\":\"base64\"}",
        "",
        false,
        null
    )]
    public void Body_PartWithAMediaType_IsAFileUnlessItIsText(
        string schema,
        string encoding,
        bool isFile,
        string? contentType
    )
    {
        var part = Fragments
            .Paths(
                "{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"multipart/form-data\":{\"schema\":{\"type\":\"object\",\"properties\":{\"m\":"
                    + schema
                    + "}},\"encoding\":{\"m\":{"
                    + encoding
                    + "}}}}}}}}"
            )
            .Catalog.Tools.Single()
            .Body!.Members.Single()
            .Encoding!;
        Assert.That((part.IsFile, part.ContentType), Is.EqualTo((isFile, contentType)));
    }

    [Test]
    public void Tool_NamesInOtherLetters_AreToldInWords()
    {
        var tool = Fragments
            .Paths(
                """{"/a/{番号}":{"get":{"operationId":"取得する","parameters":[{"name":"番号","in":"path","schema":{"type":"string"}},{"name":"$top","in":"query","schema":{"type":"integer"}}]}}}"""
            )
            .Catalog.Tools.Single();
        Assert.That((tool.Title, tool.Description), Is.EqualTo(("取得する", "取得する")));
        var (named, signed) = (
            tool.InputSchema["properties"]!.AsObject().First(),
            tool.InputSchema["properties"]!["top"]!
        );
        Assert.That(named.Value!["description"]!.ToString(), Is.EqualTo("The API calls it '番号'."));
        Assert.That(signed.AsObject().ContainsKey("description"), Is.False);
    }

    [Test]
    public void Member_WhoseNameClientsRefuse_IsToldInWordsAndMayBeSent()
    {
        var member = Fragments.Member(
            """{"type":"object","required":["@id"],"additionalProperties":false,"properties":{"@id":{"type":"string"},"ok":{"type":"string"}}}"""
        );
        Assert.That(member["properties"]!.AsObject().Select(pair => pair.Key), Is.EqualTo(new[] { "ok" }));
        Assert.That(member["description"]!.ToString(), Is.EqualTo("Also takes '@id' (string, required)."));
        Assert.That(member.ContainsKey("additionalProperties") || member.ContainsKey("required"), Is.False);
    }

    [Test]
    public void Run_NullableIn31_IsReadAsItWasMeantAndTold()
    {
        const string paths =
            """{"/a":{"get":{"parameters":[{"name":"p","in":"query","schema":{"type":"string","nullable":true}}]}}}""";
        var newer = Fragments.Paths(paths).Catalog;
        Assert.That(
            newer.Tools.Single().InputSchema["properties"]!["p"]!["description"]!.ToString(),
            Is.EqualTo("Nullable.")
        );
        Assert.That(
            newer.Diagnostics.Where(item => item.Id == DiagnosticIds.Loosened).Select(item => item.Message),
            Has.One.Contains("'nullable' is not a keyword of OpenAPI 3.1.0")
        );
        Assert.That(
            Fragments
                .Paths(paths, version: "3.0.3")
                .Catalog.Diagnostics.Where(item => item.Id == DiagnosticIds.Loosened),
            Is.Empty
        );
    }
}
