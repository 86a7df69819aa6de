namespace ModelGen.MutatedFiles;

/// <summary>A reader of files under test.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Refusal">What it throws for a file that is damaged; it is documented to throw nothing else for a file that is there.</param>
/// <param name="LargestContent">The bytes that the valid files hold, unpacked.</param>
/// <param name="Mutate">Makes a file.</param>
/// <param name="Read">Reads it and looks at what came of it.</param>
/// <param name="Reset">Sets what is read into to what it was.</param>
/// <param name="IsUntouched">Whether it still is.</param>
internal sealed record Reader(
    string Name, Type Refusal, long LargestContent, Func<Random, byte[]> Mutate, Action<string> Read, Action Reset, Func<bool> IsUntouched);
