using System.Text.Json;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>The kind of a change.</summary>
internal enum ChangeKind
{
    AliasRemoved,
    AnswerDescribedLess,
    AnswerEnumNarrowed,
    AnswerEnumWidened,
    AnswerFormatChanged,
    AnswerMemberAdded,
    AnswerMemberRemoved,
    AnswerNotNull,
    AnswerNullable,
    AnswerOptional,
    AnswerReplaced,
    AnswerRequired,
    AnswerTypeChanged,
    AnswerTypeNarrowed,
    AnswerTypeProven,
    AnswerTypeUnproven,
    ArgumentAdded,
    ArgumentDeprecated,
    ArgumentDescribedLess,
    ArgumentOptional,
    ArgumentRemoved,
    ArgumentRenamed,
    ArgumentRequired,
    ArgumentUndeprecated,
    BriefChanged,
    ClientRenamed,
    DefaultChanged,
    DescriptionChanged,
    EnumNarrowed,
    EnumWidened,
    FormatLoosened,
    FormatTightened,
    HintChanged,
    LimitLoosened,
    LimitTightened,
    MembersAllowed,
    MembersRefused,
    NullAllowed,
    NullLost,
    OperationMoved,
    OverBudget,
    OverlayUnmatched,
    ProfileJoined,
    ProfileLeft,
    ReadOnlyLost,
    RequiredArgumentAdded,
    ScopeAdded,
    ScopeRemoved,
    ServerChanged,
    TitleChanged,
    ToolAdded,
    ToolDeprecated,
    ToolReassigned,
    ToolRemoved,
    ToolRenamed,
    ToolUndeprecated,
    TypeChanged,
    TypeRenamed,
    TypeWidened,
}

internal static class ChangeKinds
{
    /// <summary>Returns the name of a kind in reports, such as <c>argument-removed</c>.</summary>
    public static string Text(this ChangeKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
