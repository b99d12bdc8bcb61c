using NeonPanel.Mcp.Agent;
using NeonPanel.Mcp.Agent.Manual;
using NeonPanel.Mcp.Agent.Model;
using NeonPanel.Mcp.Agent.Scripted;

try
{
    var arguments = args.Length > 0 ? args[1..] : [];
    return args.FirstOrDefault() switch
    {
        "scripted" => await ScriptedRun.RunAsync(Options.Read(arguments, ["questions"], ["update"]), Console.Out),
        "checks" => await SelfTest.RunAsync(Console.Out),
        "ask" => await ManualRun.RunAsync(
            Options.Read(arguments, ["question", "profile"], ["list"]),
            Console.In,
            Console.Out
        ),
        "model" => await ModelCommand.RunAsync(
            Options.Read(arguments, ["endpoint", "model", "host", "runs", "questions", "profile"], []),
            Console.Out
        ),
        "--help" or "-h" => Help(Console.Out, 0),
        _ => Help(Console.Error, 2),
    };
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}

static int Help(TextWriter output, int code)
{
    output.WriteLine(
        """
        Questions about the sandbox's books, and agents that answer them.

          scripted [--questions 1,2] [--update]   the best known path of each question, compared with scores.json
          checks                                  tests of the checks, the recorded model and the manual agent
          ask --list                              the questions
          ask --question N [--profile NAME]       you are the model: calls and answer as JSON lines on standard input
          model --endpoint URL --model NAME       a model answers; its key is in AGENT_API_KEY
                [--host chatgpt|claude|text] [--runs N] [--questions 1,2] [--profile NAME]
        """
    );
    return code;
}
