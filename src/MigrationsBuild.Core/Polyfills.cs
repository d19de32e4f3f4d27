// The C# compiler needs this type for records and `init`; netstandard2.0 doesn't have it.
#if NETSTANDARD2_0
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
#endif
