using System.ComponentModel;
using System.Diagnostics;

namespace MigrationsBuild.Tool.Setup;

/// <summary>A program that was run.</summary>
/// <param name="ExitCode">Its exit code; <see langword="null"/> if it can't be started.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, or why it can't be started.</param>
internal sealed record ProgramRun(int? ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>Runs a program until it exits. It can't ask: its standard input is empty.</summary>
    public static ProgramRun Of(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // MSBuild's server may lose the exit code (dotnet/msbuild#14172), and only BuildProcess can do without it.
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new ProgramRun(process.ExitCode, output, error.Result);
        }
        catch (Win32Exception failure)
        {
            return new ProgramRun(null, "", failure.Message);
        }
    }
}
