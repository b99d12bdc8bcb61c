using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Building;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Proposals;

/// <summary>Proposes overlay actions after which the specification accepts observed answers. Every proposal is tested:
/// the pipeline runs with it, and only actions after which the answers fit are proposed.</summary>
internal sealed class OverlayProposer
{
    private readonly GenerationPipeline before;
    private readonly ObservedSchema schemas;
    private readonly AnswerReader answers;
    private readonly List<(Observation Observation, string Reason)> notProposed = [];

    // Grouped by place, because several tools often answer with the same schema.
    private readonly SortedDictionary<string, Planned> members = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Planned> types = new(StringComparer.Ordinal);

    private OverlayProposer(GenerationPipeline before)
    {
        this.before = before;
        schemas = ObservedSchema.For(before.Document);
        answers = new(before.Document, new(before.Document, text => text ?? ""), []);
    }

    /// <param name="overlay">The overlay that is already applied. The proposed actions follow its own.</param>
    public static OverlayProposal Make(
        InputFile specification,
        InputFile? overlay,
        ToolLock? toolLock,
        GenerationPipeline before,
        ObservedAnswers observed
    )
    {
        var proposer = new OverlayProposer(before);
        var fitting = observed.Places.Where(place => !proposer.Plan(place)).ToList();
        var actions = proposer.Actions();
        if (actions.Count == 0)
        {
            return new([], proposer.notProposed, fitting, [], []);
        }

        var after = GenerationPipeline.Run(specification, Combined(overlay, actions), toolLock);
        var tools = after.Catalog.Tools.ToDictionary(tool => tool.ToolName, StringComparer.Ordinal);
        foreach (var place in actions.SelectMany(action => action.Observations).Distinct())
        {
            if (!ObservedFit.Takes(tools[place.Tool].AnswerShape, place))
            {
                proposer.notProposed.Add(
                    (
                        place,
                        "A wider schema at the place found still refuses it: another part of a combination (allOf, oneOf, anyOf) describes it too."
                    )
                );
            }
        }

        var failed = proposer.notProposed.Select(item => item.Observation).ToHashSet();
        List<ProposedAction> kept =
        [
            .. actions.Where(action => action.Observations.Any(place => !failed.Contains(place))),
        ];
        var told = kept.SelectMany(action => action.Observations)
            .Select(place => place.Tool)
            .ToHashSet(StringComparer.Ordinal);
        return new(
            kept,
            proposer.notProposed,
            fitting,
            kept.Count == 0 ? [] : Changed(tool => tool.OutputSchema, told),
            kept.Count == 0 ? [] : Changed(tool => tool.InputSchema, [])
        );

        List<string> Changed(Func<OperationModel, JsonObject> schema, HashSet<string> except) =>
            [
                .. before
                    .Catalog.Tools.Where(tool =>
                        !except.Contains(tool.ToolName)
                        && !JsonNode.DeepEquals(schema(tool), schema(tools[tool.ToolName]))
                    )
                    .Select(tool => tool.ToolName),
            ];
    }

    /// <summary>Returns an overlay with further actions at its end.</summary>
    public static InputFile Combined(InputFile? overlay, IReadOnlyList<ProposedAction> actions)
    {
        var root = overlay is null
            ? new JsonObject { ["overlay"] = "1.0.0" }
            : SpecificationReader.Parse(overlay.Name, overlay.Bytes, []);
        if (root["actions"] is not JsonArray list)
        {
            root["actions"] = list = [];
        }

        foreach (var action in actions)
        {
            list.Add(action.ToJson());
        }

        return new(overlay?.Name ?? "the proposal", Encoding.UTF8.GetBytes(root.ToJsonString()));
    }

    /// <returns><see langword="false"/> if the shape already accepts the observation.</returns>
    private bool Plan(Observation place)
    {
        if (before.Catalog.Tools.FirstOrDefault(tool => tool.ToolName == place.Tool) is not { } tool)
        {
            notProposed.Add(
                (place, "There is no such tool in this catalogue; the server runs with another specification.")
            );
            return true;
        }

        if (ObservedFit.Takes(tool.AnswerShape, place))
        {
            return false;
        }

        var found = answers.Schemas(tool.Source.Operation, tool.Pointer);
        if (Inside(place, answers.Normalize(found, SchemaNormalizer.Depths[0])) is not { } path)
        {
            notProposed.Add(
                (
                    place,
                    found.Count == 0
                        ? "The specification describes no answer of this operation. Add one to its responses, by an action of the overlay."
                        : "The whole answer is of another kind than the specification says (a list, or none). Correct the schema of the response by hand."
                )
            );
            return true;
        }

        if (ObservedFit.Declared(tool.AnswerShape, place.Path) is { } declared)
        {
            if (Find(found, path) is { } pointer)
            {
                At(types, pointer).Add(place, "", [.. declared, .. place.Kinds]);
                return true;
            }
        }
        else if (Find(found, [.. path.SkipLast(1)]) is { } parent)
        {
            At(members, before.Document.Resolve(before.Document.Find(parent), parent).Pointer)
                .Add(place, path[^1], place.Kinds);
            return true;
        }

        notProposed.Add(
            (
                place,
                "The place in the specification was not found: the schema around it is put together in a way that is not followed."
            )
        );
        return true;
    }

    private List<ProposedAction> Actions()
    {
        var replaced = types
            .Where(pair => schemas.Update(SchemaAt(pair.Key), pair.Value.Kinds[""]) is null)
            .Select(pair => pair.Key)
            .ToList();
        return
        [
            .. members
                .Where(pair =>
                    !replaced.Exists(place => (pair.Key + "/").StartsWith(place + "/", StringComparison.Ordinal))
                )
                .Select(pair => AddMembers(pair.Key, pair.Value))
                .Concat(types.SelectMany(pair => Widen(pair.Key, pair.Value))),
        ];
    }

    private ProposedAction AddMembers(string pointer, Planned planned) =>
        new(
            PathOf(pointer),
            new()
            {
                ["properties"] = new JsonObject(
                    planned.Kinds.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)schemas.Of(pair.Value, null)))
                ),
            },
            $"Answers hold members that are not described: {planned.Reason}.",
            planned.Observations
        );

    // Uses an update if it widens the schema. Otherwise removes the schema and adds a new one.
    private IEnumerable<ProposedAction> Widen(string pointer, Planned planned)
    {
        var schema = SchemaAt(pointer);
        if (schemas.Update(schema, planned.Kinds[""]) is { } update)
        {
            var appended =
                update["type"] is JsonArray && schema["type"] is JsonArray
                    ? " An update appends to the list of types."
                    : "";
            yield return new(
                PathOf(pointer),
                update,
                $"Answers hold other kinds of values than described: {planned.Reason}.{appended}",
                planned.Observations
            );
            yield break;
        }

        var resolved = before.Document.Resolve(schema, pointer).Node;
        var isNullable =
            resolved.IsTrue("nullable")
            || resolved.Text("type") == "null"
            || resolved.Items("type").Any(type => type?.ToString() == "null");
        var (parent, name) = (
            pointer[..pointer.LastIndexOf('/')],
            JsonPointer.Unescape(pointer[(pointer.LastIndexOf('/') + 1)..])
        );
        yield return new(
            PathOf(pointer),
            null,
            $"Makes room for the next action: what is described there cannot be widened by an update. {planned.Reason}.",
            planned.Observations
        );
        yield return new(
            PathOf(parent),
            new()
            {
                [name] = schemas.Of(
                    isNullable ? [.. planned.Kinds[""], "null"] : planned.Kinds[""],
                    resolved.Text("description")
                ),
            },
            $"Answers hold other kinds of values than described: {planned.Reason}.",
            planned.Observations
        );
    }

    // Converts a path in the object that the server returns into one in the API's own answer, which may not be an
    // object.
    private static List<string>? Inside(Observation place, SchemaModel? answer) =>
        answer switch
        {
            null => null,
            { IsObject: true } => Steps(place.Path),
            { Types: ["array"] } => place.Path[0] == "items" ? Steps(place.Path.Skip(1)) : null,
            _ => place.Path[0] == "value" ? Steps(place.Path.Skip(1)) : null,
        };

    private static List<string> Steps(IEnumerable<string> path) => [.. path.Select(step => step == "*" ? "[]" : step)];

    private string? Find(IEnumerable<(JsonNode? Schema, string Pointer)> found, List<string> path) =>
        found
            .Select(answer => SchemaPlaces.Find(before.Document, answer.Pointer, path, null))
            .Where(place => place.Found == path.Count)
            .Select(place => place.Pointer)
            .FirstOrDefault();

    private JsonObject SchemaAt(string pointer) => before.Document.Find(pointer) as JsonObject ?? [];

    private string PathOf(string pointer) => JsonPath.Of(before.Document.Root, pointer);

    private static Planned At(SortedDictionary<string, Planned> places, string pointer) =>
        places.TryGetValue(pointer, out var planned) ? planned : places[pointer] = new();

    /// <summary>The planned change at one place.</summary>
    private sealed class Planned
    {
        /// <summary>Gets the observed kinds by member. The empty name stands for the place itself.</summary>
        public SortedDictionary<string, List<string>> Kinds { get; } = new(StringComparer.Ordinal);

        public List<Observation> Observations { get; } = [];

        public string Reason => string.Join("; ", Observations);

        public void Add(Observation place, string member, IEnumerable<string> kinds)
        {
            Observations.Add(place);
            if (!Kinds.TryGetValue(member, out var known))
            {
                Kinds[member] = known = [];
            }

            known.AddRange(kinds);
        }
    }
}
