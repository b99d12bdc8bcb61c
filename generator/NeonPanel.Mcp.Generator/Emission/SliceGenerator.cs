using NeonPanel.Mcp.Generator.Naming;
using NJsonSchema;
using NJsonSchema.CodeGeneration;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>NSwag's generator for one slice. The results of all slices are joined into the file that NSwag would write
/// for the whole document.</summary>
internal sealed class SliceGenerator : CSharpClientGenerator
{
    /// <summary>Text between two classes.</summary>
    public const string Separator = "\n\n    ";

    private const string ClientsHere = "CLIENTS_HERE";
    private const string TypesHere = "TYPES_HERE";

    /// <summary>Reserved words of C#, and the name of the parameter that NSwag adds to every method.</summary>
    private static readonly HashSet<string> Keywords = new(
        (
            "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else "
            + "enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long "
            + "namespace new null object operator out override params private protected public readonly ref return sbyte sealed short "
            + "sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual "
            + "void volatile while cancellationToken"
        ).Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>Members of every object, and the member that NSwag adds.</summary>
    private static readonly HashSet<string> ReservedMembers =
    [
        "AdditionalProperties",
        "Equals",
        "Finalize",
        "GetHashCode",
        "GetType",
        "MemberwiseClone",
        "ReferenceEquals",
        "ToString",
    ];

    public SliceGenerator(TypedSlice slice, IOperationNameGenerator names, string @namespace)
        : this(NSwagModel.Of(slice), slice, names, @namespace) { }

    private SliceGenerator(OpenApiDocument document, TypedSlice slice, IOperationNameGenerator names, string @namespace)
        : base(document, SettingsOf(document, slice, names, @namespace)) { }

    /// <summary>Returns the client classes of the slice, and the types that occur only in their forms.</summary>
    public (string Text, IReadOnlyList<CodeArtifact> InlineTypes) Clients()
    {
        // NSwag finds the types of forms only while it writes the clients.
        var text = Inside(GenerateAllClientTypes());
        return (text, [.. GenerateDtoTypes()]);
    }

    /// <summary>Returns the types of the slice.</summary>
    public string Types() => Inside(GenerateDtoTypes());

    /// <summary>Returns the text of the file without clients and types.</summary>
    public FileFrame Frame(bool hasClients, bool hasTypes)
    {
        CodeArtifact[] clients = hasClients ? [Mark(ClientsHere)] : [];
        CodeArtifact[] types = hasTypes ? [Mark(TypesHere)] : [];
        var text = Clean(GenerateFile(clients, types, ClientGeneratorOutputType.Full));
        var (begin, rest) = hasClients ? Cut(text, ClientsHere) : (text, "");
        var (between, end) = hasTypes ? Cut(rest, TypesHere) : (rest, "");
        return new(begin, between, end);
    }

    private static (string Before, string After) Cut(string text, string mark) =>
        (
            text[..text.IndexOf(mark, StringComparison.Ordinal)],
            text[(text.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..]
        );

    private static CodeArtifact Mark(string text) =>
        new(text, CodeArtifactType.Class, CodeArtifactLanguage.CSharp, CodeArtifactCategory.Client, text);

    /// <summary>Returns classes with the indentation of the namespace.</summary>
    public static string Inside(IEnumerable<CodeArtifact> classes) =>
        Clean(ConversionUtilities.Tab(classes.Concatenate(), 1));

    // NSwag does the same with a whole file.
    private static string Clean(string text) =>
        text.Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n\n\n\n", "\n\n", StringComparison.Ordinal)
            .Replace("\n\n\n", "\n\n", StringComparison.Ordinal);

    private static CSharpClientGeneratorSettings SettingsOf(
        OpenApiDocument document,
        TypedSlice slice,
        IOperationNameGenerator names,
        string @namespace
    )
    {
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "{controller}",
            OperationNameGenerator = names,
            ParameterNameGenerator = new ParameterNames(),
            InjectHttpClient = true,
            DisposeHttpClient = false,
            UseBaseUrl = false,
            GenerateOptionalParameters = true,
            GenerateClientInterfaces = false,
            ParameterArrayType = "System.Collections.Generic.IEnumerable",
            ResponseArrayType = "System.Collections.Generic.List",
        };
        settings.CSharpGeneratorSettings.Namespace = @namespace + ".Client";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.ClassStyle = CSharpClassStyle.Poco;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        settings.CSharpGeneratorSettings.GenerateOptionalPropertiesAsNullable = true;
        settings.CSharpGeneratorSettings.GenerateDataAnnotations = false;
        settings.CSharpGeneratorSettings.PropertyNameGenerator = new MemberNames(document.Definitions);
        settings.CSharpGeneratorSettings.TypeNameGenerator = new GivenNames();
        settings.CSharpGeneratorSettings.NumberType = "decimal";
        settings.CSharpGeneratorSettings.NumberDecimalType = "decimal";
        settings.CSharpGeneratorSettings.ArrayType = "System.Collections.Generic.List";
        settings.CSharpGeneratorSettings.ArrayInstanceType = "System.Collections.Generic.List";
        settings.CSharpGeneratorSettings.ExcludedTypeNames = [.. slice.Others.Select(type => type.Key)];
        return settings;
    }

    /// <summary>Returns the names that types already have.</summary>
    private sealed class GivenNames : ITypeNameGenerator
    {
        public string Generate(JsonSchema schema, string? typeNameHint, IEnumerable<string> reservedTypeNames) =>
            typeNameHint ?? "Anonymous";
    }

    /// <summary>Chooses names of members that differ from each other, from their type, and from members of every
    /// object.</summary>
    private sealed class MemberNames : IPropertyNameGenerator
    {
        private readonly Dictionary<JsonSchemaProperty, string> names = [];

        public MemberNames(IDictionary<string, JsonSchema> types)
        {
            foreach (var (typeName, type) in types)
            {
                foreach (
                    var (property, name) in NameAssignment.Assign(
                        type.Properties.Values.Select(property => (property, Candidates(property.Name))),
                        name => name == typeName || ReservedMembers.Contains(name),
                        StringComparer.Ordinal
                    )
                )
                {
                    names[property] = name;
                }
            }
        }

        public string Generate(JsonSchemaProperty property) =>
            names.TryGetValue(property, out var name) ? name : Identifier.Pascal(property.Name);

        private static IReadOnlyList<string> Candidates(string wireName)
        {
            var name = Identifier.Pascal(wireName);
            return [name, name + "Value", name + Identifier.Hash(wireName)];
        }
    }

    private sealed class ParameterNames : IParameterNameGenerator
    {
        // NSwag asks for the name of one parameter at a time. The first request names all parameters of the operation.
        private readonly Dictionary<OpenApiParameter, string> names = new(ReferenceEqualityComparer.Instance);

        public string Generate(OpenApiParameter parameter, IEnumerable<OpenApiParameter> allParameters)
        {
            if (!names.TryGetValue(parameter, out var name))
            {
                foreach (
                    var (other, assigned) in NameAssignment.Assign(
                        allParameters.Append(parameter).Distinct().Select(other => (other, Candidates(other))),
                        Keywords.Contains,
                        StringComparer.Ordinal
                    )
                )
                {
                    names[other] = assigned;
                }

                name = names[parameter];
            }

            return name;
        }

        private static IReadOnlyList<string> Candidates(OpenApiParameter parameter)
        {
            if (parameter.Kind == OpenApiParameterKind.Body)
            {
                return ["body", "bodyValue"];
            }

            var name = Identifier.Pascal(parameter.Name);
            name = char.ToLowerInvariant(name[0]) + name[1..];
            return [name, name + "Value", name + Identifier.Hash(parameter.Kind + " " + parameter.Name)];
        }
    }
}
