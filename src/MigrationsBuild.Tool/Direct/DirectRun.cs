using System.Diagnostics;
using System.Text;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tool.Building;
using MigrationsBuild.Tool.Commands;
using MigrationsBuild.Tool.Projects;

namespace MigrationsBuild.Tool.Direct;

/// <summary>A verb that only reads, on a project in which nothing has changed: the runner is started as the build would start it.</summary>
internal static class DirectRun
{
    /// <summary>Runs it.</summary>
    /// <returns>What it told; <see langword="null"/> if there is any doubt that a build would tell the same.</returns>
    public static BuildReport? Try(VerbCall call, ProjectChoice project)
    {
        if (project.IsSolution || StoredCall.Find(call, project.Path) is not { } stored)
            return null;
        var report = new BuildReport();
        using var process = Process.Start(new ProcessStartInfo(stored.Call["dotnet"], ["exec", stored.Call["runner"], "--request", stored.RequestPath(call.Verb.Name)])
        {
            WorkingDirectory = project.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var message = MessageLine.Parse(line);
            // How loud a warning is, the project says; and what went wrong once, a build may mend or explain.
            if (message.Name == RunnerMessages.Diagnostic)
                return null;
            if (message.Name == RunnerMessages.Line)
                report.Lines.Add(new ReportedLine(project.Path, message["text"]));
            else
                report.Results.Add(new ReportedResult(project.Path, message));
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? report : null;
    }
}
