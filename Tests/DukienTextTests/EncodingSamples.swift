import DukienText

/// Writes text in an encoding, by what its bytes decode to.
struct Encoder {
  private var bytes: [Unicode.Scalar: [UInt8]] = [:]

  static let windows1251 = Encoder(.windows1251)
  static let windows1252 = Encoder(.windows1252)
  private static let windows1258 = Encoder(.windows1258)
  private static let tcvn3 = Encoder(.tcvn3)
  private static let vni = Encoder(.vni)

  /// The encoder of an encoding; those of Vietnamese are made once.
  static func of(_ encoding: TextEncoding) -> Encoder {
    switch encoding {
    case .windows1258: windows1258
    case .tcvn3: tcvn3
    case .vni: vni
    default: Encoder(encoding)
    }
  }

  private init(_ encoding: TextEncoding) {
    for first in UInt8.min...UInt8.max {
      let seconds: [UInt8] = encoding == .windows1258 || encoding == .vni ? Array(0x80...0xFF) : []
      for input in [[first]] + seconds.map({ [first, $0] }) {
        let scalars = Array(string(decoded(input, in: encoding).bytes).unicodeScalars)
        if scalars.count == 1, scalars[0] != "\u{FFFD}", bytes[scalars[0]] == nil {
          bytes[scalars[0]] = input
        }
      }
    }
  }

  /// The bytes of a text; a question mark for what the encoding has not.
  func encode(_ text: String) -> [UInt8] {
    text.unicodeScalars.flatMap { bytes[$0] ?? [0x3F] }
  }
}

/// Some lines of news, made up, in several languages.
enum SampleProse {
  static let vietnamese = """
    Sáng 14/3, Ủy ban nhân dân tỉnh tổ chức hội nghị tổng kết chương trình hợp tác với các địa \
    phương. Theo báo cáo, tổng vốn đầu tư đạt 5,34 tỷ đồng, tăng 12% so với cùng kỳ năm trước. Ông \
    Nguyễn Văn Bình cho biết các doanh nghiệp đã mở rộng sản xuất, tạo thêm việc làm cho người lao \
    động và nộp ngân sách đầy đủ. Hai bên sẽ tiếp tục trao đổi kinh nghiệm quản lý, xử lý những \
    khó khăn của các dự án thủy điện, khuyến khích người trẻ học nghề.
    """

  static let german = """
    Die Behörde prüft die Anträge für über zwölf Gemeinden. „Größere Städte müssen früher planen“, \
    erklärte der Bürgermeister am Dienstag; die Maßnahmen würden künftig jährlich überprüft. Außerdem \
    könnten Schüler und Ältere kostenlos fahren – völlig unabhängig vom Einkommen der Angehörigen.
    """

  static let french = """
    Le président a été reçu à l’hôtel de ville où les élus ont débattu de la réforme. « C’est là \
    une nécessité », a déclaré le maire, très ému ; les sociétés concernées ont créé près de mille \
    emplois à Orléans, mais le coût reste élevé. La forêt brûle déjà, et les dégâts sont énormes.
    """

  static let italian = """
    La città è più tranquilla, però la libertà e la verità non bastano: così ha detto il sindaco, che \
    può già contare su una maggioranza. Perché? Ciò che conta è la qualità della vita; lunedì si \
    voterà, e martedì si saprà se la comunità avrà metà dei fondi.
    """

  static let portuguese = """
    A população não aprovou as alterações; são três razões, disse o ministro da Educação em Brasília. \
    As eleições serão já em março, e os cidadãos poderão votar até às 20 horas. Há também questões \
    técnicas: a comissão não tem informações nem condições de trabalho.
    """

  static let russian = """
    Премьер-министр сообщил во вторник, что объём торговли вырос на 12 процентов. «Мы расширим \
    сотрудничество», – сказал он на встрече с губернатором. Съезд состоится ещё раз в июне.
    """

  static let polish = """
    Rząd przyjął ustawę o zmianie źródeł finansowania. Według ministra środki będą większe niż \
    w zeszłym roku; gminy mogą składać wnioski do końca października. Łódź i Gdańsk już to zrobiły.
    """
}
