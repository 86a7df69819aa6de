#if !VERIFY
namespace VerifyTests;

/// <summary>A snapshot differs from the accepted one.</summary>
public sealed class VerifyException(string message) : Exception(message);
#endif
