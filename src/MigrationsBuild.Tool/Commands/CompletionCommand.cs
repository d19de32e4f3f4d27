using System.CommandLine;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Commands;

/// <summary><c>dotnet db completion</c>: writes a script for a shell, which asks the tool for completions.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or pwsh" };
        var command = new Command("completion", "Write a script that completes verbs and options in bash, zsh or pwsh") { shell };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(ScriptFor(parsed.GetValue(shell)!));
            return 0;
        });
        return command;
    }

    private static string ScriptFor(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "pwsh" => PowerShell,
        _ => throw Unknown(shell),
    };

    private static MigrationsException Unknown(string shell)
    {
        var suggestion = Suggestions.Nearest(shell, ["bash", "zsh", "pwsh"]) is { } nearest
            ? $"Did you mean: dotnet db completion {nearest}"
            : "There is one for bash, zsh and pwsh.";
        return new MigrationsException(DiagnosticCodes.Usage, $"There is no script for '{shell}'. {suggestion}");
    }

    // Completes `dotnet-db …` and `dotnet db …`. Another completion of `dotnet` still works for its other commands.
    private const string Bash = """
        # eval "$(dotnet db completion bash)"
        _dotnet_db() {
          local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}"
          line="${line#dotnet[ -]db}"
          COMPREPLY=($(compgen -W "$(dotnet db "[suggest:$((${#line} + 9))]" "dotnet-db$line" 2>/dev/null)" -- "$word"))
        }
        _dotnet_and_db() {
          if [ "${COMP_WORDS[1]}" = db ] && [ "$COMP_CWORD" -gt 1 ]; then
            _dotnet_db
          elif [ -n "$_dotnet_other" ]; then
            "$_dotnet_other" "$@"
          fi
        }
        case "$(complete -p dotnet 2>/dev/null)" in
          *_dotnet_and_db*) ;;
          *-F\ *) _dotnet_other=$(complete -p dotnet | sed 's/.*-F \([^ ]*\).*/\1/') ;;
        esac
        complete -o default -F _dotnet_and_db dotnet
        complete -o default -F _dotnet_db dotnet-db

        """;

    private const string Zsh = """
        # eval "$(dotnet db completion zsh)"
        _dotnet_db() {
          local line="${BUFFER[1,CURSOR]}"
          line="${line#dotnet[ -]db}"
          compadd -- ${(f)"$(dotnet db "[suggest:$((${#line} + 9))]" "dotnet-db$line" 2>/dev/null)"}
        }
        _dotnet_and_db() {
          if [[ "${words[2]}" == db && CURRENT -gt 2 ]]; then _dotnet_db; elif [[ -n "$_dotnet_other" ]]; then "$_dotnet_other"; fi
        }
        [[ "${_comps[dotnet]}" == _dotnet_and_db ]] || _dotnet_other="${_comps[dotnet]}"
        compdef _dotnet_and_db dotnet
        compdef _dotnet_db dotnet-db

        """;

    private const string PowerShell = """
        # dotnet db completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName dotnet-db -ScriptBlock {
          param($word, $ast, $position)
          dotnet db "[suggest:$position]" "$ast" 2>$null | Where-Object { $_ -like "$word*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;
}
