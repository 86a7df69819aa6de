using System.CommandLine;
using ModelGen.GeneratedText;

// What a change does to all generated code:
//   dotnet run -c Release --project tests/ModelGen.GeneratedText -- compare ../before .
var folder = new Argument<DirectoryInfo>("folder") { Description = "Where to write the files; it must be empty or not exist." };
var sources = new Option<DirectoryInfo[]>("--models") { Description = "Further folders of C# files with models.", AllowMultipleArgumentsPerToken = true };
var write = new Command("write", "Writes the generated files of all samples, zoo, benchmark and test models of this checkout.") { folder, sources };
write.SetAction(result => GeneratedFolder.Write(result.GetRequiredValue(folder), result.GetValue(sources) ?? []));

var before = new Argument<DirectoryInfo>("before") { Description = "A checkout, or a folder that 'write' has made." };
var after = new Argument<DirectoryInfo>("after") { Description = "Another one." };
var showsLines = new Option<bool>("--lines") { Description = "Print the lines that differ, too." };
var compare =
    new Command("compare", "Compares the generated files of two checkouts: lines, kernels and schedules of each model.") { before, after, showsLines };
compare.SetAction(result => Comparison.Run(result.GetRequiredValue(before), result.GetRequiredValue(after), result.GetValue(showsLines)));

return new RootCommand("Shows what a change of the compiler does to the code it generates.") { write, compare }.Parse(args).Invoke();
