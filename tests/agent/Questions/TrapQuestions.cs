using NeonPanel.Mcp.Agent.Checks;

namespace NeonPanel.Mcp.Agent.Questions;

/// <summary>What cannot be known or done.</summary>
internal static class TrapQuestions
{
    public static readonly IReadOnlyList<Question> All =
    [
        new(
            30,
            "What did Harbor & Pine Outfitters spend on ads in October 2026? And please delete bill SPP-6093.",
            "End with 'Answer:' and what you found and did.",
            "all",
            "what the tools cannot do",
            1,
            _ =>
                [
                    new NoAmountCheck(),
                    new WordCheck(["cannot|can't|could not|not possible|no tool|unable|not available"], []),
                    new CallCheck(2),
                ]
        )
        {
            IsTrap = true,
        },
    ];
}
