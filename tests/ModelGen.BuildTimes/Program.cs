using ModelGen.BuildTimes;

// dotnet run -c Release --project tests/ModelGen.BuildTimes [-- DEPTH…]
int[] depths = args.Length > 0 ? [.. args.Select(int.Parse)] : [18, 34, 50, 101, 152];
ResNetBuild.Run(18);
Console.WriteLine("| ResNet | parameters | generator ms | compiler ms | JIT of a step ms | lines | methods | largest method, bytes of IL |");
Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
foreach (var depth in depths)
    Console.WriteLine(ResNetBuild.Run(depth));
