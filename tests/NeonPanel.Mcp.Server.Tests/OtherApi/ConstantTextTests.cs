using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using NeonPanel.Mcp.Server.Startup;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.OtherApi;

/// <summary>The server's own texts are those of any API. NeonPanel's are in its specification and overlay, from which
/// the generated code has them.</summary>
internal sealed class ConstantTextTests
{
    // Names of this software, which no sentence uses, and a member of answers that one framework writes.
    private static readonly string[] Names =
    [
        "NeonPanel.Mcp",
        "NeonPanel.Mcp/",
        "neonpanel-mcp",
        "neonpanel-mcp:messages",
        "neonpanel-mcp:messages:",
        "neonpanel-mcp:answers:",
        "neonpanel-mcp:write:",
        "neonpanel-mcp:beginning",
        "neonpanel-mcp:user:",
        "per_page",
    ];

    private const byte LoadString = 0x72;
    private const int UserStrings = 0x70000000;

    [Test]
    public void Texts_OfTheServer_AreThoseOfAnyApi() => AssertTexts(typeof(ServerBuilder).Assembly, _ => true);

    [Test]
    public void Texts_OfTheToolsThatAreNotGenerated_AreThoseOfAnyApi() =>
        AssertTexts(typeof(ToolCatalog).Assembly, name => !name.Contains(".Generated", StringComparison.Ordinal));

    [Test]
    public void Documents_OfTheServer_AreThoseOfAnyApi()
    {
        var assembly = typeof(ServerBuilder).Assembly;
        var found = assembly
            .GetManifestResourceNames()
            .Where(name =>
                name.EndsWith(".js", StringComparison.Ordinal) || name.EndsWith(".html", StringComparison.Ordinal)
            )
            .SelectMany(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                // Comments may name an example.
                var code = reader
                    .ReadToEnd()
                    .Split('\n')
                    .Where(line => !line.Trim().StartsWith("/*", StringComparison.Ordinal));
                return OwnWords.In(string.Join('\n', code)).Select(text => $"{name}: {text}");
            });
        Assert.That(found, Is.Empty);
    }

    private static void AssertTexts(Assembly assembly, Func<string, bool> isMeant)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var texts = Texts(file, isMeant).Distinct().ToList();
        Assert.That(texts, Has.Count.GreaterThan(20), "the texts are found");
        Assert.That(
            texts
                .Where(text => !Names.Contains(text) && !text.StartsWith("neonpanel.mcp.", StringComparison.Ordinal))
                // The name of the program is allowed.
                .Select(text => text.Replace("NeonPanel.Mcp.Server", "", StringComparison.Ordinal))
                .SelectMany(OwnWords.In),
            Is.Empty
        );
    }

    // The texts that the instruction ldstr loads (ECMA-335 §III.4.16), with the constants of interpolated strings.
    private static IEnumerable<string> Texts(PEReader file, Func<string, bool> isMeant)
    {
        var metadata = file.GetMetadataReader();
        var most = metadata.GetHeapSize(HeapIndex.UserString);
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if (!isMeant(Namespace(metadata, type)))
            {
                continue;
            }

            foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
            {
                var code =
                    method.RelativeVirtualAddress == 0
                        ? []
                        : file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() ?? [];
                for (var at = 0; at + 4 < code.Length; at++)
                {
                    // Bytes of other instructions may look the same; they then name another text, or none.
                    var token = BitConverter.ToInt32(code, at + 1);
                    if (code[at] == LoadString && (token & UserStrings) == UserStrings && (token & 0xFFFFFF) < most)
                    {
                        yield return Text(metadata, token);
                    }
                }
            }
        }
    }

    private static string Text(MetadataReader metadata, int token)
    {
        try
        {
            return metadata.GetUserString(MetadataTokens.UserStringHandle(token & 0xFFFFFF));
        }
        catch (BadImageFormatException)
        {
            return "";
        }
    }

    // Of a nested type, that of the outermost.
    private static string Namespace(MetadataReader metadata, TypeDefinition type)
    {
        while (!type.GetDeclaringType().IsNil)
        {
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return "." + metadata.GetString(type.Namespace);
    }
}
