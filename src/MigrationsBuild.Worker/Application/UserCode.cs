using System.Diagnostics;
using System.Reflection;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Application;

/// <summary>Finds the user's own code in the stack trace of an exception.</summary>
internal sealed class UserCode(string assemblyPath, SourceMap source)
{
    /// <summary>The exception without secrets, as the end of a sentence, and the location in the user's code.</summary>
    public (string Text, Location? Location) Describe(Exception failure)
    {
        while (failure is TargetInvocationException or AggregateException && failure.InnerException is not null)
            failure = failure.InnerException;
        var root = failure;
        while (root.InnerException is not null)
            root = root.InnerException;
        var frame = FirstFrame(failure) ?? FirstFrame(root);
        var message = failure == root ? failure.Message : $"{failure.Message} ({root.GetType().Name}: {root.Message})";
        return ($"{failure.GetType().Name}: {Secrets.Mask(message).TrimEnd('.')}{Describe(frame)}", source.LocationOf(frame));
    }

    /// <summary>The innermost frame of code that was compiled from sources and is in the application's folder.</summary>
    private StackFrame? FirstFrame(Exception failure)
    {
        var folder = Path.GetDirectoryName(assemblyPath);
        return new StackTrace(failure, fNeedFileInfo: true).GetFrames().FirstOrDefault(frame =>
            frame.GetMethod()?.Module.Assembly is { } assembly
            && assembly != typeof(UserCode).Assembly
            && Path.GetDirectoryName(assembly.Location) == folder
            && (frame.GetFileName() is not null || assembly.Location == assemblyPath));
    }

    private static string Describe(StackFrame? frame) =>
        frame?.GetMethod() is { } method ? $", at {method.DeclaringType?.FullName}.{method.Name}" : "";
}
