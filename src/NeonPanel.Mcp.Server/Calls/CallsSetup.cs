using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.Calls.Previews;
using NeonPanel.Mcp.Server.Calls.Repeats;
using NeonPanel.Mcp.Server.Calls.Totals;

namespace NeonPanel.Mcp.Server.Calls;

/// <summary>Adds the services that execute a tool call.</summary>
internal static class CallsSetup
{
    public static IServiceCollection AddCalls(
        this IServiceCollection services,
        TotalsOptions totals,
        RepeatOptions repeats,
        FormOptions forms
    ) =>
        services
            .AddSingleton<UpstreamCaller>()
            .AddSingleton<NamedListReader>()
            .AddSingleton<NamedThings>()
            .AddSingleton<NameFinder>()
            .AddSingleton<LearnedValues>()
            .AddSingleton<NameLookup>()
            .AddSingleton<NameCompletion>()
            .AddSingleton<CallArguments>()
            .AddSingleton<CallRequests>()
            .AddSingleton<CallPreparation>()
            .AddSingleton<RequestSketcher>()
            .AddSingleton<RecordReader>()
            .AddSingleton<WritePreviews>()
            .AddSingleton(totals)
            .AddSingleton<PageWalk>()
            .AddSingleton<WholeList>()
            .AddSingleton(repeats)
            .AddSingleton<WrittenRecords>()
            .AddSingleton<RememberedWrites>()
            .AddSingleton<RepeatGuard>()
            .AddSingleton(forms)
            .AddSingleton<FormStates>()
            .AddSingleton<UserForms>()
            .AddSingleton<Confirmations>()
            .AddSingleton<ToolInvoker>();
}
