#:package Microsoft.CodeAnalysis.CSharp
#:property PublishAot=false

// Writes many small changes of the code of some folders into that code, each behind a switch, so that one build holds
// them all. MutantRun.cs turns them on one at a time. switches.sh does this in a copy of the repository.
// Arguments: root of the copy, folder of the project, folder with the project's references, file for the list of
// mutants, then the folders to change.

using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

var (root, project, references, list) = (args[0], args[1], args[2], args[3]);
var changed = args[4..].Select(folder => Path.GetFullPath(folder, root) + "/").ToArray();
var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
var sources = Directory
    .EnumerateFiles(Path.Combine(root, project), "*.cs", SearchOption.AllDirectories)
    .Order(StringComparer.Ordinal)
    .ToDictionary(path => path, File.ReadAllText);

// The usings that the project has everywhere, and what other generators have written (EmitCompilerGeneratedFiles).
var generated = Directory
    .EnumerateFiles(Path.Combine(root, "artifacts/obj", Path.GetFileName(project)), "*.cs", SearchOption.AllDirectories)
    .Where(path =>
        !path.Contains("AssemblyInfo", StringComparison.Ordinal)
        && !path.Contains("AssemblyAttributes", StringComparison.Ordinal)
    )
    .Select(path => Parse(File.ReadAllText(path), path))
    .ToList();
var libraries = Directory
    .EnumerateFiles(references, "*.dll")
    .Concat(Frameworks())
    .Where(path => Path.GetFileNameWithoutExtension(path) != Path.GetFileName(project))
    .DistinctBy(Path.GetFileName)
    .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
    .ToList();
const string Switch =
    "internal static class Mutants { public static volatile int Active = -1; public static readonly bool[] Hits = new bool[100000];"
    + " public static bool On(int id) { Hits[id] = true; return id == Active; } }";
var known = Errors([.. sources.Select(source => Parse(source.Value, source.Key))])
    .Select(error => $"{error.Path}|{error.Id}|{error.Text}")
    .ToHashSet();
var given = new HashSet<string>();
while (true)
{
    var mutants = new List<Mutant>();
    var trees = new List<SyntaxTree>();
    foreach (var (path, text) in sources)
    {
        var tree = Parse(text, path);
        if (changed.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)))
        {
            var rewriter = new Rewriter(path, tree, mutants, given);
            tree = Parse(rewriter.Visit(tree.GetRoot())!.ToFullString(), path);
        }

        trees.Add(tree);
    }

    var bad = Errors(trees).Where(error => !known.Contains($"{error.Path}|{error.Id}|{error.Text}")).ToList();
    var before = given.Count;
    foreach (var error in bad)
    {
        given.UnionWith(error.Mutants.Select(id => mutants[id].Key));
    }

    Console.WriteLine($"{mutants.Count} mutants, {bad.Count} errors, {given.Count - before} given up");
    if (given.Count > before)
    {
        continue;
    }

    foreach (var error in bad.Take(20))
    {
        Console.WriteLine(error);
    }

    foreach (
        var tree in trees.Where(tree =>
            changed.Any(folder => tree.FilePath.StartsWith(folder, StringComparison.Ordinal))
        )
    )
    {
        File.WriteAllText(tree.FilePath, tree.ToString());
    }

    File.WriteAllText(Path.Combine(root, project, "Mutants.cs"), Switch);
    File.WriteAllLines(
        list,
        mutants.Select(
            (mutant, id) =>
                $"{id}\t{Path.GetRelativePath(root, mutant.Path)}\t{mutant.Line}\t{Flat(mutant.Old)}\t{Flat(mutant.New)}"
        )
    );
    return;
}

SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, parse, path);

static string Flat(string text) =>
    string.Join(' ', text.Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

static IEnumerable<string> Frameworks()
{
    var core = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    var web = core.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal);
    return Directory
        .EnumerateFiles(core, "*.dll")
        .Concat(Directory.Exists(web) ? Directory.EnumerateFiles(web, "*.dll") : [])
        .Where(path =>
            !Path.GetFileName(path).Contains("Native", StringComparison.Ordinal)
            && !Path.GetFileName(path).StartsWith("lib", StringComparison.Ordinal)
        );
}

List<Error> Errors(List<SyntaxTree> trees) =>
    [
        .. CSharpCompilation
            .Create(
                Path.GetFileName(project),
                [.. trees, .. generated, Parse(Switch, "Mutants.cs")],
                libraries,
                new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true)
            )
            .GetDiagnostics()
            .Where(diagnostic =>
                diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location.SourceTree is not null
            )
            .Select(diagnostic => new Error(
                diagnostic.Location.SourceTree!.FilePath,
                diagnostic.Id,
                diagnostic.GetMessage(CultureInfo.InvariantCulture),
                MutantsAt(diagnostic.Location)
            )),
    ];

// The innermost mutants around the place, or else all of its statement or member: a variable may have got no value.
static List<int> MutantsAt(Location place)
{
    var node = place.SourceTree!.GetRoot().FindNode(place.SourceSpan);
    foreach (
        var around in node.AncestorsAndSelf()
            .Where(part => part is ExpressionSyntax or StatementSyntax or MemberDeclarationSyntax)
    )
    {
        var found = around
            .DescendantNodesAndSelf()
            .OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression.ToString() == "Mutants.On")
            .Select(call => int.Parse(call.ArgumentList.Arguments[0].ToString(), CultureInfo.InvariantCulture))
            .ToList();
        if (found.Count > 0)
        {
            return found;
        }
    }

    return [];
}

internal sealed record Mutant(string Path, int Line, string Key, string Old, string New);

internal sealed record Error(string Path, string Id, string Text, List<int> Mutants);

internal sealed class Rewriter(string path, SyntaxTree tree, List<Mutant> mutants, HashSet<string> given)
    : CSharpSyntaxRewriter
{
    private static readonly Dictionary<SyntaxKind, string> Operators = new()
    {
        [SyntaxKind.EqualsExpression] = "!=",
        [SyntaxKind.NotEqualsExpression] = "==",
        [SyntaxKind.LessThanExpression] = "<= >=",
        [SyntaxKind.LessThanOrEqualExpression] = "< >",
        [SyntaxKind.GreaterThanExpression] = ">= <=",
        [SyntaxKind.GreaterThanOrEqualExpression] = "> <",
        [SyntaxKind.LogicalAndExpression] = "||",
        [SyntaxKind.LogicalOrExpression] = "&&",
        [SyntaxKind.AddExpression] = "-",
        [SyntaxKind.SubtractExpression] = "+",
        [SyntaxKind.MultiplyExpression] = "/",
        [SyntaxKind.DivideExpression] = "*",
        [SyntaxKind.ModuloExpression] = "*",
    };

    private static readonly Dictionary<string, string> Methods = new()
    {
        ["Any"] = "All",
        ["All"] = "Any",
        ["First"] = "Last",
        ["Last"] = "First",
        ["FirstOrDefault"] = "LastOrDefault",
        ["LastOrDefault"] = "FirstOrDefault",
        ["OrderBy"] = "OrderByDescending",
        ["OrderByDescending"] = "OrderBy",
        ["Min"] = "Max",
        ["Max"] = "Min",
        ["Floor"] = "Ceiling",
        ["Ceiling"] = "Floor",
        ["StartsWith"] = "EndsWith",
        ["EndsWith"] = "StartsWith",
        ["Skip"] = "Take",
        ["Take"] = "Skip",
    };

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is null || IsConstant(node))
        {
            return node;
        }

        var visited = base.Visit(node)!;
        return node switch
        {
            ExpressionSyntax expression => OfExpression(expression, (ExpressionSyntax)visited),
            ExpressionStatementSyntax statement => OfStatement(statement, (ExpressionStatementSyntax)visited),
            _ => visited,
        };
    }

    // Code that a compiler or a type's first use evaluates cannot be switched.
    private static bool IsConstant(SyntaxNode node) =>
        node
            is AttributeListSyntax
                or PatternSyntax
                or SwitchLabelSyntax
                or EnumMemberDeclarationSyntax
                or TypeSyntax { Parent: not ArgumentSyntax and not BinaryExpressionSyntax }
        || (node is FieldDeclarationSyntax field && field.Modifiers.Any(part => part.ValueText is "const" or "static"))
        || (
            node is PropertyDeclarationSyntax { Initializer: not null } property
            && property.Modifiers.Any(SyntaxKind.StaticKeyword)
        )
        || (node is LocalDeclarationStatementSyntax local && local.IsConst)
        || node is EqualsValueClauseSyntax { Parent: ParameterSyntax }
        || (node is InvocationExpressionSyntax call && call.Expression.ToString() is "nameof" or "Log")
        || (node is ExpressionStatementSyntax line && line.ToString().StartsWith("Log.", StringComparison.Ordinal));

    private ExpressionSyntax OfExpression(ExpressionSyntax old, ExpressionSyntax visited)
    {
        var result = visited;
        foreach (var text in Changes(old))
        {
            if (Add(old, text) is { } id)
            {
                result = Expression($"(Mutants.On({id}) ? ({text}) : {result})", old);
            }
        }

        return IsCondition(old) ? Forced(old, result) : result;
    }

    private ExpressionSyntax Forced(ExpressionSyntax old, ExpressionSyntax result)
    {
        var forms = old.Parent is WhileStatementSyntax or ForStatementSyntax ? ["false"] : (string[])["false", "true"];
        foreach (var form in forms)
        {
            if (Add(old, form) is { } id)
            {
                result = Expression(
                    form == "true" ? $"(Mutants.On({id}) || {result})" : $"(!Mutants.On({id}) && ({result}))",
                    old
                );
            }
        }

        return result;
    }

    private static bool IsCondition(ExpressionSyntax node) =>
        node.Parent switch
        {
            IfStatementSyntax parent => parent.Condition == node,
            WhileStatementSyntax parent => parent.Condition == node,
            ConditionalExpressionSyntax parent => parent.Condition == node,
            WhenClauseSyntax => true,
            CatchFilterClauseSyntax => true,
            _ => false,
        };

    private static IEnumerable<string> Changes(ExpressionSyntax node)
    {
        switch (node)
        {
            case BinaryExpressionSyntax binary when Operators.TryGetValue(binary.Kind(), out var others):
                foreach (var other in others.Split(' '))
                {
                    yield return $"{binary.Left} {other} {binary.Right}";
                }

                break;
            case BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.CoalesceExpression):
                yield return binary.Right.ToString();
                if (binary.Right is not ThrowExpressionSyntax)
                {
                    yield return binary.Left + "!";
                }

                break;
            case PrefixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.LogicalNotExpression):
                yield return unary.Operand.ToString();
                break;
            case IsPatternExpressionSyntax pattern
                when !pattern.DescendantNodes().OfType<VariableDesignationSyntax>().Any():
                yield return $"!({pattern})";
                break;
            case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.TrueLiteralExpression):
                yield return "false";
                break;
            case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.FalseLiteralExpression):
                yield return "true";
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
                when Methods.TryGetValue(access.Name.Identifier.ValueText, out var other):
                yield return $"{access.Expression}.{other}{call.ArgumentList}";
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
                when access.Name.Identifier.ValueText is "Where" or "Distinct" or "Order" or "Reverse" or "Trim":
                yield return access.Expression.ToString();
                break;
        }
    }

    private StatementSyntax OfStatement(ExpressionStatementSyntax old, ExpressionStatementSyntax visited)
    {
        if (Add(old, ";") is not { } id)
        {
            return visited;
        }

        return SyntaxFactory
            .ParseStatement($"if (!Mutants.On({id})) {{ {visited} }}")
            .WithLeadingTrivia(old.GetLeadingTrivia())
            .WithTrailingTrivia(old.GetTrailingTrivia());
    }

    private static ExpressionSyntax Expression(string text, SyntaxNode old) =>
        SyntaxFactory
            .ParseExpression(text)
            .WithLeadingTrivia(old.GetLeadingTrivia())
            .WithTrailingTrivia(old.GetTrailingTrivia());

    private int? Add(SyntaxNode old, string text)
    {
        var key = $"{path}|{old.SpanStart}|{old.RawKind}|{text}";
        if (given.Contains(key))
        {
            return null;
        }

        var line = tree.GetLineSpan(old.Span).StartLinePosition.Line + 1;
        mutants.Add(new(path, line, key, old.ToString(), text));
        return mutants.Count - 1;
    }
}
