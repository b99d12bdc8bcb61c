namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Adds the services that turn the API's answers into results.</summary>
internal static class AnswersSetup
{
    public static IServiceCollection AddAnswers(this IServiceCollection services, AnswerOptions options) =>
        services.AddSingleton(options).AddSingleton<AnswerHeaders>().AddSingleton<AnswerReader>();
}
