using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Structure;

/// <summary>One place of the server creates handlers of outbound HTTP requests, so that none follows redirects or sends
/// trace headers by default.</summary>
internal sealed class OutboundHttpTests
{
    private const string Factory = "src/NeonPanel.Mcp.Server/Http/OutboundHandlers.cs";

    private static readonly string[] Handlers = ["SocketsHttpHandler", "HttpClientHandler", "WinHttpHandler"];

    [Test]
    public void Server_Handlers_AreCreatedInOnePlace() =>
        Assert.That(
            Files("src/NeonPanel.Mcp.Server/").Where(file => Findings(SourceTree.Read(file)).Any()),
            Is.EqualTo(new[] { Factory })
        );

    [Test]
    public void Server_Clients_GetAHandlerOfThatPlace() =>
        Assert.That(
            Files("src/")
                .SelectMany(file =>
                    Nodes<BaseObjectCreationExpressionSyntax>(SourceTree.Read(file))
                        .Where(creation =>
                            TypeOf(creation) == "HttpClient" && (creation.ArgumentList?.Arguments.Count ?? 0) == 0
                        )
                        .Select(_ => file)
                ),
            Is.Empty
        );

    [TestCase("class C { object o = new SocketsHttpHandler(); }", 1)]
    [TestCase("class C { object o = new System.Net.Http.SocketsHttpHandler { UseProxy = false }; }", 1)]
    [TestCase("class C { HttpClientHandler M() { HttpClientHandler handler = new(); return handler; } }", 1)]
    [TestCase("class C { static SocketsHttpHandler M() => new(); }", 1)]
    [TestCase("class C { readonly SocketsHttpHandler f = new() { UseCookies = false }; }", 1)]
    [TestCase(
        "class C { /* new SocketsHttpHandler() */ string s = \"new SocketsHttpHandler()\"; HttpClient c = new(); }",
        0
    )]
    public void Findings_OfAText_AreItsHandlers(string text, int count) =>
        Assert.That(Findings(text).Count(), Is.EqualTo(count));

    private static IEnumerable<string> Files(string folder) =>
        SourceTree.Files(".cs").Where(file => file.StartsWith(folder, StringComparison.Ordinal));

    private static IEnumerable<BaseObjectCreationExpressionSyntax> Findings(string text) =>
        Nodes<BaseObjectCreationExpressionSyntax>(text).Where(creation => Handlers.Contains(TypeOf(creation)));

    private static IEnumerable<T> Nodes<T>(string text) =>
        CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<T>();

    // The type of 'new()' is that of what it is assigned to or returned from, as far as the syntax tells.
    private static string? TypeOf(BaseObjectCreationExpressionSyntax creation) =>
        Last(
            creation switch
            {
                ObjectCreationExpressionSyntax named => named.Type,
                _ => creation.Parent switch
                {
                    ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method } => method.ReturnType,
                    ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Type,
                    EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Type,
                    EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax variable } => variable.Type,
                    ReturnStatementSyntax statement => statement
                        .Ancestors()
                        .OfType<MethodDeclarationSyntax>()
                        .FirstOrDefault()
                        ?.ReturnType,
                    _ => null,
                },
            }
        );

    private static string? Last(TypeSyntax? type) =>
        type is QualifiedNameSyntax qualified ? qualified.Right.ToString() : type?.ToString();
}
