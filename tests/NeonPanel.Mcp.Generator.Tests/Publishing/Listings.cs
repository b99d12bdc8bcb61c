using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Publishing;

namespace NeonPanel.Mcp.Generator.Tests.Publishing;

/// <summary>A small server that every directory takes, and changes of it.</summary>
internal static class Listings
{
    public const string Specification = """
        {
          "openapi": "3.1.0",
          "info": { "title": "Orders API", "version": "2.0", "summary": "Orders of a shop." },
          "paths": {
            "/orders": {
              "get": { "operationId": "orders_list", "summary": "Returns the orders.", "responses": { "200": { "description": "ok" } } }
            },
            "/orders/{id}": {
              "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
              "put": { "operationId": "orders_update", "summary": "Overwrites an order.", "responses": { "200": { "description": "ok" } } }
            }
          },
          "x-mcp": { "authorizationServer": { "issuer": "https://id.example.com", "registration_endpoint": "https://id.example.com/register", "code_challenge_methods_supported": ["S256"] } }
        }
        """;

    /// <summary>The public key of RFC 8032 §7.1, test 1.</summary>
    public const string Key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    public const string Publish = """
        {
          "address": "https://mcp.example.com",
          "displayName": "Example Orders",
          "subtitle": "Find and change orders",
          "description": "Find orders and change them.",
          "category": "BUSINESS",
          "developer": "Example",
          "website": "https://example.com",
          "documentation": "https://example.com/docs",
          "support": "https://example.com/help",
          "privacy": "https://example.com/privacy",
          "terms": "https://example.com/terms",
          "registryKey": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
          "oauthReference": "abc",
          "starterPrompts": ["Which orders are open?"],
          "tests": {
            "positive": [
              { "prompt": "one", "tools": ["orders_list"], "expected": "a list" },
              { "prompt": "two", "tools": ["orders_list"], "expected": "a list" },
              { "prompt": "three", "tools": ["orders_list"], "expected": "a list" },
              { "prompt": "four", "tools": ["orders_list"], "expected": "a list" },
              { "prompt": "five", "tools": ["orders_list", "orders_update"], "expected": "a change" }
            ],
            "negative": [
              { "prompt": "six", "expected": "nothing" },
              { "prompt": "seven", "expected": "nothing" },
              { "prompt": "eight", "expected": "nothing" }
            ]
          }
        }
        """;

    public static Listing Good() =>
        Listing.Of(
            Fragments.Run(Specification).Catalog,
            PublishData.Read(new("publish.json", Encoding.UTF8.GetBytes(Publish))),
            "1.2.3"
        );

    /// <summary>Returns the server with another value of the publish file, or without it.</summary>
    /// <param name="pointer">Members with slashes between them.</param>
    /// <param name="json">The value; <see langword="null"/> removes the member.</param>
    public static Listing With(this Listing listing, string pointer, string? json)
    {
        var root = (JsonObject)listing.Data.Root.DeepClone();
        Set(root, pointer, json);
        return listing with { Data = listing.Data with { Root = root } };
    }

    /// <summary>Returns the server with another value in the published entry of its first tool.</summary>
    public static Listing WithTool(this Listing listing, string pointer, string? json)
    {
        var tool = (JsonObject)listing.Tools[0].DeepClone();
        Set(tool, pointer, json);
        return listing with { Tools = [tool, .. listing.Tools.Skip(1)] };
    }

    /// <summary>Returns the server with other metadata of its authorization server.</summary>
    public static Listing SignIn(this Listing listing, string json) =>
        listing with
        {
            Catalog = listing.Catalog with { AuthorizationServer = json },
        };

    /// <summary>Returns the server with a view of its first tool.</summary>
    public static Listing WithView(this Listing listing)
    {
        var view = OurSpecification.Run().Catalog.Tools.First(tool => tool.View is not null).View;
        var tools = listing.Catalog.Tools;
        return listing with
        {
            Catalog = listing.Catalog with { Tools = [tools[0] with { View = view }, .. tools.Skip(1)] },
        };
    }

    private static void Set(JsonObject root, string pointer, string? json)
    {
        var names = pointer.Split('/');
        JsonNode at = root;
        foreach (var name in names.SkipLast(1))
        {
            at = at is JsonArray list ? list[int.Parse(name, null)]! : at[name] ??= new JsonObject();
        }

        switch (at)
        {
            case JsonArray items when json is null:
                items.RemoveAt(int.Parse(names[^1], null));
                break;
            case JsonArray items:
                items[int.Parse(names[^1], null)] = JsonNode.Parse(json);
                break;
            case JsonObject members when json is null:
                members.Remove(names[^1]);
                break;
            default:
                at[names[^1]] = JsonNode.Parse(json!);
                break;
        }
    }
}
