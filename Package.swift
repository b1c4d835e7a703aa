// swift-tools-version: 6.2
// Two builds of one source: the ordinary one (development, tests, command line), and, with
// DUKIEN_EMBEDDED=1, the Embedded Swift static library from which the shipped libdukien is linked.
import PackageDescription

let embedded = Context.environment["DUKIEN_EMBEDDED"] == "1"

/// Modules emit weak copies of one another's functions, and number their outlined constant arrays
/// differently in each: merged by the linker, they would be mixed up. Functions in sections of
/// their own let the linker drop what nobody calls.
let linkableObjects = [
  "-Xllvm", "-sil-disable-pass=object-outliner", "-Xfrontend", "-function-sections",
]

let core: [SwiftSetting] =
  [.treatAllWarnings(as: .error), .enableUpcomingFeature("InternalImportsByDefault")]
  + (embedded
    ? [.enableExperimentalFeature("Embedded"), .unsafeFlags(["-wmo"] + linkableObjects)] : [])

var products: [Product] = [
  .library(name: "DukienCore", type: .static, targets: ["Dukien"])
]

var targets: [Target] = [
  .systemLibrary(
    name: "CYaml", path: "Sources/CYaml", pkgConfig: "yaml-0.1",
    providers: [.apt(["libyaml-dev"])]),
  .systemLibrary(name: "CDukien", path: "include"),
  .target(
    name: "CPlatform", path: "Sources/CPlatform", cSettings: [.treatAllWarnings(as: .error)]),
  .target(
    name: "CRules", path: "Sources/CRules", cSettings: [.treatAllWarnings(as: .error)]),
  .target(name: "DukienText", swiftSettings: core),
  .target(
    name: "DukienRules", dependencies: ["CYaml", "CPlatform", "CRules", "DukienText"],
    swiftSettings: core),
  .target(
    name: "DukienEngine", dependencies: ["CPlatform", "DukienText", "DukienRules"],
    swiftSettings: core),
  .target(
    name: "Dukien",
    dependencies: ["CDukien", "CPlatform", "DukienText", "DukienRules", "DukienEngine"],
    swiftSettings: core),
]

var dependencies: [Package.Dependency] = []

if !embedded {
  dependencies = [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ]
  products.append(.executable(name: "dukien", targets: ["dukien-cli"]))
  let tools: [SwiftSetting] = [.treatAllWarnings(as: .error)]
  targets += [
    .executableTarget(
      name: "dukien-cli",
      dependencies: [
        "CDukien", "Dukien",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: tools),
    .executableTarget(
      name: "DukienBenchmarks", dependencies: ["Dukien"],
      exclude: ["run.sh", "promises.sh", "data"],
      cSettings: [.headerSearchPath("../../include")]),
    .testTarget(name: "DukienTextTests", dependencies: ["DukienText"], swiftSettings: tools),
    .testTarget(
      name: "CorpusTests", dependencies: ["DukienText"], path: "Tests/Fuzz",
      exclude: ["FuzzTarget.swift", "run.sh", "html.dict", "corpus"], swiftSettings: tools),
    .testTarget(
      name: "DukienRulesTests", dependencies: ["CRules", "DukienText", "DukienRules"],
      swiftSettings: tools),
    .testTarget(
      name: "DukienEngineTests", dependencies: ["DukienText", "DukienRules", "DukienEngine"],
      swiftSettings: tools),
    .testTarget(
      name: "DukienTests", dependencies: ["CDukien", "Dukien", "DukienRules"],
      exclude: ["Layouts"], swiftSettings: tools),
    .testTarget(
      name: "CommandLineTests", dependencies: ["dukien-cli"], exclude: ["Fixtures"],
      swiftSettings: tools),
  ]
}

let package = Package(
  name: "dukien",
  products: products,
  dependencies: dependencies,
  targets: targets,
  cLanguageStandard: .c2x
)
