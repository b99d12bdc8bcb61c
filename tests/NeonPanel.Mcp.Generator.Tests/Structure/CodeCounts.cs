using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NeonPanel.Mcp.Generator.Tests.Structure;

/// <summary>Counts the forms in C# sources that are hard to read. Each find is written as path and line.</summary>
internal sealed class CodeCounts
{
    /// <summary>The longest line, in columns, as .editorconfig says.</summary>
    public const int MaxColumns = 120;

    /// <summary>The longest method, in lines from its first to its last brace.</summary>
    public const int MaxMethodLines = 60;

    /// <summary>Gets the number of lines of all files.</summary>
    public int Lines { get; private set; }

    /// <summary>Gets the number of methods, constructors, accessors with a body and local functions.</summary>
    public int Methods { get; private set; }

    /// <summary>Gets the conditional expressions inside another conditional expression.</summary>
    public List<string> NestedConditionals { get; } = [];

    /// <summary>Gets the methods that are longer than <see cref="MaxMethodLines"/>.</summary>
    public List<string> LongMethods { get; } = [];

    /// <summary>Gets the lines that are wider than <see cref="MaxColumns"/> and hold no part of a string.</summary>
    public List<string> WideLines { get; } = [];

    /// <summary>Gets the lines that are wider than <see cref="MaxColumns"/>.</summary>
    public int WideLinesWithStrings { get; private set; }

    /// <summary>Gets the assignments of one tuple to another, as in <c>(a, b) = (1, 2)</c>. An exchange of values, as
    /// in <c>(a, b) = (b, a)</c>, is not one.</summary>
    public List<string> TupleAssignments { get; } = [];

    /// <summary>Counts one more file.</summary>
    /// <param name="path">The name under which its places are reported.</param>
    /// <param name="source">The text of the file.</param>
    public void Add(string path, string source)
    {
        var root = CSharpSyntaxTree.ParseText(source).GetRoot();
        foreach (var node in root.DescendantNodes())
        {
            switch (node)
            {
                case ConditionalExpressionSyntax when IsInConditional(node):
                    NestedConditionals.Add(Place(path, node));
                    break;
                case AssignmentExpressionSyntax { Left: TupleExpressionSyntax to, Right: TupleExpressionSyntax from }
                    when !IsSwap(to, from):
                    TupleAssignments.Add(Place(path, node));
                    break;
                case BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax:
                    CountMethod(path, node);
                    break;
            }
        }

        CountLines(path, root, source);
    }

    private static bool IsInConditional(SyntaxNode node)
    {
        var parent = node.Parent;
        while (parent is ParenthesizedExpressionSyntax)
        {
            parent = parent.Parent;
        }

        return parent is ConditionalExpressionSyntax;
    }

    private static bool IsSwap(TupleExpressionSyntax to, TupleExpressionSyntax from)
    {
        var targets = to.Arguments.Select(argument => argument.ToString()).ToHashSet(StringComparer.Ordinal);
        return from.Arguments.Any(argument => targets.Contains(argument.ToString()));
    }

    private static string Place(string path, SyntaxNode node) =>
        $"{path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private void CountMethod(string path, SyntaxNode method)
    {
        Methods++;
        SyntaxNode? body = method.ChildNodes().OfType<BlockSyntax>().FirstOrDefault();
        body ??= method.ChildNodes().OfType<ArrowExpressionClauseSyntax>().FirstOrDefault();
        if (body is null)
        {
            return;
        }

        var span = body.GetLocation().GetLineSpan();
        if (span.EndLinePosition.Line - span.StartLinePosition.Line + 1 > MaxMethodLines)
        {
            LongMethods.Add($"{Place(path, method)} {span.EndLinePosition.Line - span.StartLinePosition.Line + 1}");
        }
    }

    private void CountLines(string path, SyntaxNode root, string source)
    {
        var lines = source.Split('\n');
        Lines += lines.Length;
        var withString = root.DescendantTokens().Where(IsString).SelectMany(LinesOf).ToHashSet();
        for (var line = 0; line < lines.Length; line++)
        {
            if (lines[line].Length <= MaxColumns)
            {
                continue;
            }

            WideLinesWithStrings++;
            if (!withString.Contains(line))
            {
                WideLines.Add($"{path}:{line + 1}");
            }
        }
    }

    private static bool IsString(SyntaxToken token) =>
        token.Kind()
            is SyntaxKind.StringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8SingleLineRawStringLiteralToken
                or SyntaxKind.Utf8MultiLineRawStringLiteralToken
                or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.InterpolatedStringStartToken;

    private static IEnumerable<int> LinesOf(SyntaxToken token)
    {
        var span = token.GetLocation().GetLineSpan();
        var first = span.StartLinePosition.Line;
        return Enumerable.Range(first, span.EndLinePosition.Line - first + 1);
    }
}
