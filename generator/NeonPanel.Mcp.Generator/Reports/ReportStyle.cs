namespace NeonPanel.Mcp.Generator.Reports;

/// <summary>The style sheet of the report's page. Text has a contrast of at least 4.5 to 1 in both themes (WCAG 2.2,
/// 1.4.3).</summary>
internal static class ReportStyle
{
    public const string Text = """

        :root { color-scheme: light dark; --page: #fbfbfd; --ink: #171b2d; --soft: #545b73; --line: #d9dce8; --link: #3b3fb8; --code: #f0f1f7; --over: #a3262f; }
        @media (prefers-color-scheme: dark) { :root { --page: #0e1220; --ink: #eceef8; --soft: #a9b0c9; --line: #2c3350; --link: #aab0ff; --code: #1d2339; --over: #ff9aa2; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
        main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
        h1 { font-size: clamp(1.6rem, 5vw, 2.3rem); line-height: 1.2; margin: 1rem 0 .25rem; }
        h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; }
        p { max-width: 46rem; margin: .4rem 0; }
        .lead { font-size: 1.1rem; color: var(--soft); }
        .soft { color: var(--soft); font-size: .9rem; }
        .facts { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: 1.25rem 0; }
        dt { color: var(--soft); font-size: .9rem; }
        dd { margin: 0; font-size: 1.6rem; font-weight: 650; font-variant-numeric: tabular-nums; }
        a { color: var(--link); }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1.25rem 0; }
        nav a { padding: .25rem 0; }
        code { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; background: var(--code); padding: .1em .3em; border-radius: 4px; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
        .method { font-size: .75rem; font-weight: 650; color: var(--soft); }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .55rem 1rem .55rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
        thead th { color: var(--soft); font-size: .88rem; }
        td:last-child:not(:nth-child(2)), .bars td { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; width: 4rem; overflow-wrap: normal; }
        .bars th:last-child { text-align: right; padding-right: 0; }
        strong { font-weight: 650; }
        .bar { display: block; height: .5rem; margin-top: .3rem; border-radius: 4px; background: var(--link); }
        .bar.over { background: var(--over); }
        tr:target { background: var(--code); }
        li { margin: .3rem 0; max-width: 60rem; }
        @media print { nav { display: none; } }

        """;
}
