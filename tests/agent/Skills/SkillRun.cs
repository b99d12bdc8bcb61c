using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;
using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Sandbox;

namespace NeonPanel.Mcp.Agent.Skills;

/// <summary>Follows each skill at each profile that it names, and compares its answer with the journal's
/// figures.</summary>
internal static class SkillRun
{
    /// <returns>The number of skills and profiles that were followed, and of those that failed.</returns>
    public static async Task<(int Passed, int Failed)> RunAsync(SandboxHost sandbox, TextWriter output)
    {
        var (passed, failed) = (0, 0);
        var names = Directory
            .EnumerateDirectories(Path.Combine(Ground.Repository, "spec", "skills"))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var skill = SkillText.Read(name);
            foreach (var profile in skill.Profiles)
            {
                var fault = await FaultAsync(sandbox, skill, profile, profile);
                await output.WriteLineAsync($"{name} at {profile}: {(fault is null ? "right" : "WRONG: " + fault)}");
                passed += fault is null ? 1 : 0;
                failed += fault is null ? 0 : 1;
            }
        }

        return (passed, failed);
    }

    /// <summary>Follows a skill.</summary>
    /// <param name="run">Tells runs of one skill apart; each has books of its own.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static async Task<string?> FaultAsync(SandboxHost sandbox, SkillText skill, string profile, string run)
    {
        if (!SkillScripts.All.TryGetValue(skill.Name, out var script))
        {
            return "No script follows it: add one to SkillScripts and its truth to SkillTruths.";
        }

        await using var tools = await Toolbox.OpenAsync(sandbox, Of(skill.Name), profile, run);
        try
        {
            // The truth first: it cannot depend on what the script does.
            var truth = SkillTruths.All[skill.Name](tools.Before).ToList();
            var steps = new SkillSteps(skill, new(tools));
            var answer = (await script(steps)).ToList();
            steps.End();
            var wrong = answer.Except(truth).Concat(truth.Except(answer)).ToList();
            if (wrong.Count > 0 || answer.Count != truth.Count)
            {
                return $"the answer and the journal differ in: {string.Join("; ", wrong)}.";
            }

            return Difference(skill.Name, tools.Before).Judge(tools.Attempt("")).Fault;
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException)
        {
            return exception.Message;
        }
    }

    // A negative number, because questions have the others.
    private static Question Of(string skill) =>
        new(-skill.Length, skill, "", "core", skill, 0, _ => [])
        {
            Prepare = skill == "list-what-we-owe" ? PaidInPart : journal => journal,
        };

    // One installment of the first company is paid in part, which the books have none of.
    private static Journal PaidInPart(Journal journal)
    {
        var company = Known.Company(journal, Known.Outfitters);
        var request = journal.PaymentRequests.Values.First(request =>
            request.CompanyId == company.Id && request is { PaidAmount: null, DueDate: not null, AmountDue: > 100 }
        );
        return journal with
        {
            PaymentRequests = journal.PaymentRequests.SetItem(request.Id, request with { PaidAmount = 99.99m }),
        };
    }

    private static DifferenceCheck Difference(string skill, Journal before) =>
        skill == "enter-bill-from-pdf"
            ? PrintedBill.Difference(before, SkillScripts.PrintedFile)
            : DifferenceCheck.None;
}
