namespace ModelGen.Gpu;

/// <summary>What a driver answered to a call of this assembly's own.</summary>
internal sealed class DriverException(string driver, string answer) : Exception($"{driver} answers {answer}");
