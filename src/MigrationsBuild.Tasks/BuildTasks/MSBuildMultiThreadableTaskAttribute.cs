namespace Microsoft.Build.Framework;

/// <summary>
/// Says that a task uses neither the current directory nor a static state, so that <c>dotnet build -mt</c> runs it in its own process:
/// from another one a verb's lines don't come back. MSBuild knows the attribute by its name; an MSBuild older than 18 doesn't have it,
/// so it is declared here.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
