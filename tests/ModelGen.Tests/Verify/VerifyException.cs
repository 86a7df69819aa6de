#if !VERIFY
namespace VerifyTests;

/// <summary>A snapshot is new or differs.</summary>
public sealed class VerifyException(string message) : Exception(message);
#endif
