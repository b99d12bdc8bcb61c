namespace NeonPanel.Mcp.Agent.Questions;

/// <summary>All questions, by number.</summary>
internal static class AllQuestions
{
    public static readonly IReadOnlyList<Question> All =
    [
        .. StockQuestions
            .All.Concat(CostQuestions.All)
            .Concat(MoneyQuestions.All)
            .Concat(WriteQuestions.All)
            .Concat(ChangeQuestions.All)
            .Concat(TrapQuestions.All)
            .Concat(MovementQuestions.All)
            .Concat(CompanyQuestions.All)
            .Concat(EntryQuestions.All)
            .OrderBy(question => question.Number),
    ];

    /// <summary>Reads a choice such as <c>1,2,7</c>; <see langword="null"/> means all.</summary>
    /// <exception cref="FormatException">There is no such question.</exception>
    public static IReadOnlyList<Question> Choose(string? numbers) =>
        numbers is null
            ? All
            :
            [
                .. numbers
                    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(text =>
                        All.FirstOrDefault(question => Amounts.Text(question.Number) == text)
                        ?? throw new FormatException(
                            $"There is no question '{text}'; there are {All[0].Number} to {All[^1].Number}."
                        )
                    ),
            ];
}
