using System.Reflection;

namespace MigrationsBuild.Worker.Application;

/// <summary>A step of the worker, with its time limit and its progress line.</summary>
/// <param name="Name">The step as the subject of a sentence: <c>the SQL of 20260101000000_Initial</c>.</param>
/// <param name="Progress">The step as a progress line.</param>
internal sealed record WorkStep(string Name, string Progress)
{
    /// <summary>Whether it runs the code that creates the contexts, which <c>DbWorkerTimeout</c> limits.</summary>
    public bool IsStartup { get; init; }

    /// <summary>The method or class of the application that it runs, if one is known.</summary>
    public MemberInfo? Code { get; init; }

    /// <summary>A step that compares, emits or drafts for a context.</summary>
    /// <param name="progress">The work, as the end of the progress line.</param>
    public static WorkStep For(string name, string context, string progress) => new(name, $"{context}: {progress}");

    /// <summary>A step of the start-up code.</summary>
    /// <param name="name">The name of the code: <c>Main</c>.</param>
    public static WorkStep Startup(string name, MemberInfo? code) =>
        new(name, $"Running the application's start-up code: {name}") { IsStartup = true, Code = code };
}
