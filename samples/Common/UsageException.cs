namespace Samples;

/// <summary>Something the person who started the sample can mend: the message says what, in one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
