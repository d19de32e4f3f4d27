namespace Microsoft.Build.Framework;

/// <summary>
/// Marks a task that uses neither the current directory nor static state. <c>dotnet build -mt</c> runs such a task in its own process;
/// the lines of a verb that runs in another process would be lost. MSBuild recognizes the attribute by its name. It is declared here
/// because versions before MSBuild 18 don't have it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
