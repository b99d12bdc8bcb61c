using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Tests.Building;
using NeonPanel.Mcp.Generator.Tests.Calls;
using NeonPanel.Mcp.Generator.Tests.Naming;
using NeonPanel.Mcp.Generator.Tests.Normalization;
using NeonPanel.Mcp.Generator.Tests.Pipeline;
using NeonPanel.Mcp.Generator.Tests.Reading;
using NeonPanel.Mcp.Generator.Tests.Schemas;
using NeonPanel.Mcp.Generator.Tests.Texts;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Structure;

/// <summary>Each row of the table "Found, Outcome" of docs/generator.md has tests that show its outcome. A new row
/// needs a test, and a test that goes away leaves a row without one.</summary>
internal sealed partial class OutcomeTableTests
{
    private static readonly (string Found, string[] Tests)[] Rows =
    [
        ("`readOnly`, `writeOnly`", [nameof(SchemaTests.Members_ReadOnlyAndWriteOnly_AreToldInTheirDirectionAlone)]),
        (
            "a `discriminator` whose forms are not listed",
            [nameof(SchemaTests.Body_BaseWithADiscriminator_TakesTheMembersOfItsForms)]
        ),
        (
            "variables in the address of the first server",
            [nameof(ServerAddressTests.Run_Server_IsTheFirstOneWithItsDefaults)]
        ),
        (
            "a variable of an address that may be `http` or `https`",
            [nameof(ServerAddressTests.Run_Server_IsTheFirstOneWithItsDefaults)]
        ),
        ("a server of another protocol (`wss`)", [nameof(ServerAddressTests.Run_Server_IsTheFirstOneWithItsDefaults)]),
        (
            "the same address over http and https",
            [nameof(ServerAddressTests.Run_ServerOverHttp_GivesWayToItselfOverHttps)]
        ),
        ("an address over http alone", [nameof(ServerAddressTests.Run_ServerOverHttp_GivesWayToItselfOverHttps)]),
        (
            "a list in a list of Swagger 2.0",
            [
                nameof(SwaggerTests.Request_ListInAListInAddress_IsWrittenInBothFormats),
                nameof(SwaggerTests.Request_ListInAListElsewhere_IsWrittenInBothFormats),
            ]
        ),
        (
            "a server's address that is relative, or whose host has no value",
            [nameof(ServerAddressTests.Run_ServerWithoutAnOrigin_KeepsItsPath)]
        ),
        (
            "lists and forms of Swagger 2.0",
            [
                nameof(SwaggerTests.Request_ListInAddress_IsWrittenInItsCollectionFormat),
                nameof(SwaggerTests.Request_ListInHeader_IsWrittenInItsCollectionFormat),
                nameof(SwaggerTests.Request_ListInForm_IsWrittenInItsCollectionFormat),
                nameof(SwaggerTests.Request_ListInParts_IsOnePartUnlessItIsMulti),
                nameof(SwaggerTests.Request_FormData_IsAFormWhateverTheDocumentConsumes),
            ]
        ),
        (
            "several forms of an object (`oneOf`, `anyOf`)",
            [
                nameof(SchemaTests.Member_UnionOfObjects_HasTheMembersOfAll),
                nameof(FormTests.Call_ValueThatFitsOneForm_IsSentAsItIs),
            ]
        ),
        (
            "a name in `required` that no part declares",
            [
                nameof(RequiredMemberTests.Value_RequiredAndNotDeclared_CanBeGiven),
                nameof(RequiredMemberTests.Value_RequiredInOneForm_IsOptional),
            ]
        ),
        (
            "`then`, `else`, `dependentSchemas`, `dependencies`",
            [
                nameof(AlternativeTests.Body_ThenAndElse_TheirMembersCanBeSent),
                nameof(AlternativeTests.Body_MemberThatDependsOnAnother_CanBeSent),
            ]
        ),
        (
            "further members (`additionalProperties`, `patternProperties`, `unevaluatedProperties`), anywhere in the schema of a body",
            [nameof(AlternativeTests.Body_FurtherMembersAllowed_CanBeSent)]
        ),
        (
            "a schema that no value fits (`enum` of another type than `type`, `enum` of items on a list, a pattern between slashes, limits that exclude each other, the format or all allowed values)",
            [nameof(ImpossibleValueTests.Member_NoValueFitsByTheLetter_IsLoosenedWithAWarning)]
        ),
        (
            "several media types for a file of a multipart body",
            [nameof(CaseTests.Call_PartWithListedTypes_HasOneOfThem)]
        ),
        (
            "references to `components/mediaTypes`, and by the document's own `$self` (3.2)",
            [
                nameof(ReferenceTests.Run_MediaTypeReference_IsFollowed),
                nameof(ReferenceTests.Run_ReferenceByTheOwnAddress_IsLocal),
            ]
        ),
        (
            "an operation without texts",
            [
                nameof(OperationTextTests.Texts_OperationWithoutAny_AreThoseOfItsPath),
                nameof(OperationTextTests.Texts_OperationWithoutAny_AreMadeOfMethodAndPath),
            ]
        ),
        (
            "an operation or path with a server of its own",
            [nameof(GenerationTests.Run_OperationWithAServerOfItsOwn_IsTold)]
        ),
        (
            "names in letters that clients refuse (`番号`)",
            [nameof(SchemaTests.Tool_NamesInOtherLetters_AreToldInWords)]
        ),
        (
            @"a `pattern` that the `u` flag of ECMA 262 forbids (`\-`, `\_`, `[\w-.]`)",
            [
                nameof(ClientPatternTests.Of_WhatTheFlagForbids_IsWrittenAnotherWay),
                nameof(ClientPatternTests.Of_PatternOfAnotherDialect_IsLeftOut),
            ]
        ),
        (
            "parts of `allOf`, and members beside it",
            [
                nameof(AllOfTests.AllOf_TwoParts_AcceptsWhatBothAccept),
                nameof(AllOfTests.Case_RequiredInAnotherPart_IsRequired),
                nameof(AllOfTests.Case_EnumAndRangeOfBoth_AreIntersected),
            ]
        ),
        ("HTML in a text", [nameof(HtmlTextTests.Description_WithHtml_IsPlainText)]),
        ("a schema that accepts every value", [nameof(SchemaTests.Member_Keyword_IsToldAsClientsAccept)]),
        (
            "a reference of an argument that leads nowhere, to another file, to an `$anchor` or in a circle",
            [nameof(ReferenceTests.Run_BrokenReferenceOfAnArgument_LeavesTheOperationOutWithAReason)]
        ),
        ("the same in an answer", [nameof(ReferenceTests.Run_BrokenReferenceOfAnAnswer_KeepsTheToolAndIsTold)]),
        (
            "a placeholder of the path that no parameter declares",
            [nameof(ParameterTests.Run_PlaceholderWithoutAParameter_IsARequiredStringWithAWarning)]
        ),
        (
            "a header that the connection owns, a parameter of an unknown place",
            [nameof(ParameterTests.Run_ParameterThatCannotBeSent_IsLeftOutWithAWarning)]
        ),
        (
            "two operations with one id",
            [
                nameof(ToolNameTests.Run_TwoOperationsWithOneName_NamesBothAfterTheirPaths),
                nameof(ToolNameTests.Run_NewOperationWithALockedName_MakesWay),
            ]
        ),
        (
            "members that clients cannot name (`@odata.type`)",
            [nameof(SchemaTests.Member_WhoseNameClientsRefuse_IsToldInWordsAndMayBeSent)]
        ),
        (
            "a schema of the arguments above 16 KB",
            [
                nameof(FittingTests.Body_LongTextsOfSeveralLevels_LoseTheDeepestFirst),
                nameof(FittingTests.Body_TooLargeWithoutTexts_LosesTheLargestPartOfTheDeepestLevel),
                nameof(FittingTests.Body_NamesAloneTooLarge_LeavesTheOperationOutWithAReason),
            ]
        ),
        (
            "recursion, also by `$dynamicRef` and `$recursiveRef`",
            [
                nameof(GenerationTests.Normalize_RecursiveSchema_IsCutToADescribedObject),
                nameof(ReferenceTests.Run_DynamicRecursion_IsCutLikeAnyOther),
            ]
        ),
        ("more than 12,000 operations", [nameof(LimitTests.Run_MoreThan12000Operations_HasToolsWithoutTypedMethods)]),
        (
            "more than 64 MiB, 5 million names and values, 128 levels, a million aliased values",
            [
                nameof(LimitTests.Read_MoreThan64MiB_IsRefused),
                nameof(LimitTests.Read_MoreThanFiveMillionValues_IsRefused),
                nameof(LimitTests.Read_NestedJson_IsAcceptedUpTo128Levels),
                nameof(LimitTests.Read_AliasesForMoreThanAMillionValues_IsRefused),
            ]
        ),
    ];

    [Test]
    public void Rows_OfTheDocs_EachHaveTests()
    {
        var table = Table().Match(SourceTree.Read("docs/generator.md")).Groups[1].Value;
        Assert.That(
            Row().Matches(table).Select(row => row.Groups[1].Value),
            Is.EqualTo(Rows.Select(row => row.Found)),
            "the table of docs/generator.md and the tests named here"
        );
    }

    // nameof also accepts a method that is no longer a test.
    [Test]
    public void Tests_OfTheRows_AreTests()
    {
        var tests = typeof(OutcomeTableTests)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method =>
                method.IsDefined(typeof(TestAttribute), false) || method.IsDefined(typeof(TestCaseAttribute), false)
            )
            .Select(method => method.Name)
            .ToHashSet(StringComparer.Ordinal);
        Assert.That(Rows.SelectMany(row => row.Tests).Distinct(), Is.SubsetOf(tests));
    }

    [GeneratedRegex(@"^\| Found \| Outcome \|\r?\n\| --- \| --- \|\r?\n((?:\|.*\r?\n)+)", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\| (.+?) \| ", RegexOptions.Multiline)]
    private static partial Regex Row();
}
